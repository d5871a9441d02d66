using System.ComponentModel;
using Megatux.Linux;

namespace Megatux.Agents;

/// <summary>A shell on the console, started again when it ends.</summary>
public sealed class ConsoleShell : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();

    private ConsoleShell()
    {
    }

    /// <summary>Starts it.</summary>
    public static ConsoleShell Start()
    {
        var shell = new ConsoleShell();
        new Thread(shell.Run) { IsBackground = true }.Start();
        return shell;
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Cancel();

    private void Run()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                // cttyhack finds the console's real terminal and makes it the shell's controlling one.
                using ChildProcess child = ChildProcess.Start(new ChildStart
                {
                    Program = "/bin/busybox",
                    Arguments = ["setsid", "cttyhack", "sh", "-l"],
                    Descriptors = StandardDescriptors.All(),
                });
                child.Exit.GetAwaiter().GetResult();
            }
            catch (Exception refused) when (refused is Win32Exception or IOException)
            {
                FirstProcess.Say($"no shell: {refused.Message}");
            }

            _end.Token.WaitHandle.WaitOne(Pause);
        }
    }
}
