using System.Diagnostics;

namespace Megatux.EndToEnd.Tests;

/// <summary>An experiment that was built once for all tests of a class, and the command that boots its images.</summary>
public abstract class BuiltExperiment : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Settled = TimeSpan.FromMilliseconds(50);

    protected BuiltExperiment(TestExperiment experiment)
    {
        Experiment = experiment;
        Directory.CreateDirectory(TemporaryFolder);
    }

    /// <summary>The experiment.</summary>
    public TestExperiment Experiment { get; }

    /// <summary>Where the command keeps what it needs for a moment.</summary>
    private string TemporaryFolder => Experiment["tmp"];

    private Dictionary<string, string?> Environment => new() { ["TMPDIR"] = TemporaryFolder };

    /// <summary>Boots a node's image to the end, and insists that nothing is left of it, however it went.</summary>
    public CommandResult Boot(params string[] arguments) => BootOther(Experiment.ProjectFile, arguments);

    /// <summary>Boots the image of a node of an experiment that lies in this one's folder.</summary>
    public CommandResult BootOther(string experiment, string[] arguments, string? path = null)
    {
        var environment = new Dictionary<string, string?>(Environment);
        if (path is not null)
            environment["PATH"] = path;
        CommandResult result = Command.Run(PublishedCommand.Path, ["image", "boot", experiment, .. arguments], environment: environment);
        AssertNothingIsLeft();
        return result;
    }

    /// <summary>Starts to boot a node's image, which goes on until it is ended.</summary>
    public Process StartBoot(string experiment, params string[] arguments)
    {
        // Whoever runs the tests in the background may have signals ignored, and that is inherited: here they count.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP,TERM", PublishedCommand.Path, "image", "boot", experiment, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits until a machine of the experiment runs.</summary>
    public void AwaitMachine(Process command)
    {
        Assert.True(SpinWait.SpinUntil(() => Processes().Exists(process => process.Id != command.Id), Patience), "no machine was started");

        // A process that is killed within microseconds of a start has not told the watcher over groups of it yet.
        Thread.Sleep(Settled);
    }

    /// <summary>Fails if a process of the experiment's runs on, or a temporary file is there.</summary>
    public void AssertNothingIsLeft(bool files = true)
    {
        // What was killed takes a moment to be gone.
        SpinWait.SpinUntil(() => Processes().Count == 0, Patience);
        Assert.Empty(Processes().Select(process => process.CommandLine));
        if (files)
            Assert.Empty(Directory.EnumerateFileSystemEntries(TemporaryFolder));
        else
            foreach (string folder in Directory.EnumerateDirectories(TemporaryFolder))
                Directory.Delete(folder, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Experiment.Dispose();
        GC.SuppressFinalize(this);
    }

    // All have a path of the experiment's on their command lines: kernel, image or uml_dir. The dead have none.
    private List<(int Id, string CommandLine)> Processes()
    {
        var found = new List<(int Id, string CommandLine)>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out int id))
                continue;
            try
            {
                string commandLine = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
                if (commandLine.Contains(Experiment.Folder, StringComparison.Ordinal))
                    found.Add((id, commandLine));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or is another user's.
            }
        }

        return found;
    }
}
