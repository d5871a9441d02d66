using System.Diagnostics;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>One boot, with the folder and the processes that it takes. Whichever way the command ends, both go with it.</summary>
internal sealed class BootSession : IAsyncDisposable
{
    private const int RemovalAttempts = 100;

    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan EndOfMachine = TimeSpan.FromSeconds(2);

    private readonly Lock _removal = new();
    private readonly string _folder = MakeFolder();
    private Machine? _machine;

    // A broken pipe ends the command without unwinding it.
    internal BootSession() => AppDomain.CurrentDomain.ProcessExit += EndAbruptly;

    /// <summary>Boots to the end.</summary>
    /// <param name="image">What boots.</param>
    /// <param name="words">More words for the kernel's command line.</param>
    /// <param name="limit">How long the node may take to come up.</param>
    /// <param name="console">Where the console is shown; null for nowhere.</param>
    /// <param name="stop">Kills the machine.</param>
    /// <exception cref="MegatuxException">The machine cannot be started.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before it was up.</exception>
    internal async Task<BootReport> RunAsync(BootImage image, IReadOnlyList<string> words, TimeSpan limit, TextWriter? console, CancellationToken stop)
    {
        (string initrd, long length) = await InitrdAsync(image.Files, stop).ConfigureAwait(false);
        var spec = new MachineSpec
        {
            Name = image.Node.Name,
            Kernel = image.Kernel,
            Initrd = initrd,
            MemoryMiB = image.MemoryMiB(length),
            CommandLine = [.. image.CommandLine, .. words],
            Folder = _folder,
        };
        var clock = Stopwatch.StartNew();
        _machine = image.Hypervisor.Launch(spec);
        var watch = new BootWatch(spec.Name, clock, console);
        await watch.RunAsync(_machine, limit, stop).ConfigureAwait(false);
        return watch.Report($"{image.Hypervisor.Name}, {spec.MemoryMiB} MiB", await _machine.Exit.ConfigureAwait(false), limit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndAbruptly;
        if (_machine is not null)
            await _machine.DisposeAsync().ConfigureAwait(false);
        RemoveFolder();
    }

    private async Task<(string Path, long Length)> InitrdAsync(IReadOnlyList<string> files, CancellationToken stop)
    {
        // Most nodes have no members of their own: then the image serves as it lies there.
        if (files is [var only])
            return (only, File.Exists(only) ? new FileInfo(only).Length : 0);
        string joined = Path.Combine(_folder, "initrd");
        try
        {
            var output = new FileStream(joined, FileMode.CreateNew);
            await using (output.ConfigureAwait(false))
                return (joined, await NodeInitrd.JoinAsync(files, output, stop).ConfigureAwait(false));
        }
        catch (IOException full)
        {
            throw new MegatuxException(ErrorCodes.OutputUnwritable,
                $"{joined} cannot be written: {full.Message} Free space, or let TMPDIR name another folder.", inner: full);
        }
    }

    private static string MakeFolder()
    {
        try
        {
            return Directory.CreateTempSubdirectory("megatux-boot-").FullName;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.OutputUnwritable,
                $"No folder can be made in {Path.GetTempPath()}: {refused.Message} Let TMPDIR name one that can be written.", inner: refused);
        }
    }

    private void EndAbruptly(object? sender, EventArgs e)
    {
        _machine?.Kill();
        _machine?.Exit.Wait(EndOfMachine);
        RemoveFolder();
    }

    // Both ways may be taken at once.
    private void RemoveFolder()
    {
        lock (_removal)
        {
            // A machine that is just being killed makes and removes files of its own there for a moment yet.
            for (int attempt = 0; Directory.Exists(_folder) && attempt < RemovalAttempts; attempt++)
            {
                try
                {
                    Directory.Delete(_folder, recursive: true);
                }
                catch (IOException)
                {
                    Thread.Sleep(RemovalPause);
                }
            }
        }
    }
}
