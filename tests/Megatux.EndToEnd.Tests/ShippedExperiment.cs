using System.Diagnostics;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>One of the repository's own experiments, copied, built under a name of the test's own, and booted on this machine.</summary>
internal sealed class ShippedExperiment : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private readonly string _name = $"shipped{Environment.ProcessId}-{Guid.NewGuid():N}"[..18];
    private readonly TestExperiment _experiment;

    /// <summary>Builds it and boots it until all of its nodes are up.</summary>
    /// <param name="name">Its folder and project in experiments/.</param>
    /// <param name="properties">Properties as <c>dotnet build</c> takes them.</param>
    internal ShippedExperiment(string name, params string[] properties)
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("only root can make namespaces, bridges and taps");
        _experiment = TestExperiment.Of(name);
        try
        {
            BuildResult built = _experiment.Build([$"-p:ExperimentName={_name}", .. properties]);
            if (built.Errors.Any(error => error.Code is ErrorCodes.PackageUnknown or ErrorCodes.PackageDownloadFailed))
                Assert.Skip($"No package can be had here: {built.Errors[0].Message}");
            built.Succeeded();
            Command.Run(PublishedCommand.Path, ["boot", _experiment.ProjectFile, "--timeout", "200"], deadline: Deadline).Succeeded();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Full path of something in its folder.</summary>
    internal string this[string relative] => Path.Combine(Path.GetDirectoryName(_experiment.ProjectFile)!, relative);

    /// <summary>A command about it: options go before the words that nodes run.</summary>
    internal CommandResult Ask(params string[] words) =>
        Command.Run(PublishedCommand.Path, [words[0], "--experiment", _name, .. words[1..]], deadline: Deadline);

    /// <summary>Checks what must hold of it.</summary>
    internal CommandResult Validate() => Command.Run(PublishedCommand.Path, ["validate", _name], deadline: Deadline);

    /// <summary>Has the shells of nodes run a command.</summary>
    internal CommandResult Run(string nodes, string command) => Ask("run", "--no-input", nodes, "--", command);

    /// <summary>Starts a command about it, whose output can be read.</summary>
    internal Process Start(params string[] words) =>
        Process.Start(new ProcessStartInfo(PublishedCommand.Path, [words[0], "--experiment", _name, .. words[1..]]) { RedirectStandardOutput = true })!;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists($"/run/megatux/{_name}"))
            Command.Run(PublishedCommand.Path, ["halt", _name], deadline: Deadline);
        _experiment.Dispose();
    }
}
