using System.CommandLine;
using System.Net.Sockets;
using Megatux.Agents;
using Megatux.Linux;
using Megatux.Model;
using Microsoft.Win32.SafeHandles;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

// megatux console.
internal static partial class LocalCommands
{
    /// <summary>Ctrl-], as telnet has it.</summary>
    private const byte DetachKey = 0x1D;

    internal static Command Console()
    {
        Argument<string> node = NodeArgument();
        Option<string?> experiment = ExperimentOption();
        return Of("console", """
            Attach to a node's console: the end of what it wrote, and what it writes. What you type goes there. Ctrl-] detaches.
            Example: megatux console vm3.laptop1
            """, [node, experiment], result =>
        {
            var running = RunningExperiment.Find(result.GetValue(experiment));
            Node found = NodeOf(running, result.GetValue(node)!);
            result.InvocationConfiguration.Error.WriteLine($"{found.Name}: Ctrl-] detaches.");
            using NetworkStream stream = running.Send($"{Verbs.Console} {found.Name}");
            Follow(stream);
            return 0;
        });
    }

    private static void Follow(NetworkStream stream)
    {
        using var input = new SafeFileHandle(0, ownsHandle: false);
        using IDisposable? raw = Terminal.TrySetRawForNow(input);
        using Stream output = System.Console.OpenStandardOutput();
        Task shown = Task.Run(() =>
        {
            try
            {
                stream.CopyTo(output);
            }
            catch (IOException)
            {
                // Detached, or the experiment has ended.
            }
        });
        Task typed = Task.Run(() => Type(stream));
        Task.WaitAny(shown, typed);
    }

    private static void Type(NetworkStream stream)
    {
        using Stream input = System.Console.OpenStandardInput();
        byte[] buffer = new byte[256];
        while (input.Read(buffer) is > 0 and int read)
        {
            int detach = Array.IndexOf(buffer, DetachKey, 0, read);
            stream.Write(buffer.AsSpan(0, detach < 0 ? read : detach));
            if (detach >= 0)
                return;
        }

        // Without a terminal, the end of the input is not the end of what is to be seen.
        Thread.Sleep(Timeout.Infinite);
    }
}
