using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>A machine's process as it is to be started.</summary>
internal sealed class MachineStart(string program, IReadOnlyList<string> arguments)
{
    /// <summary>
    /// The machine gets a process group of its own, as its leader, and a watcher in it that waits for the end of a pipe
    /// from us, the lifeline. The pipe ends when we close it and also when we end, be it by SIGKILL; then the watcher kills
    /// the group with all the processes that a hypervisor starts. (A death signal would reach the first of them alone,
    /// and UML makes a group of its own unless it leads one.) Both outputs are the console, and a panicking UML leaves no core.
    /// </summary>
    private const string Script = """
        ulimit -c 0
        exec 2>&1 3<&0 </dev/null
        { trap '' HUP INT TERM; read -r _ <&3; kill -KILL 0; } &
        exec "$@" 3<&-
        """;

    /// <summary>Variables that the process has besides ours.</summary>
    internal Dictionary<string, string> Environment { get; } = [];

    /// <summary>True for a program that only runs well when its memory lies at the same addresses each time.</summary>
    internal bool FixedAddresses { get; init; }

    internal Machine Run(MachineSpec spec)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "megatux-machine", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        try
        {
            return new Machine(FixedAddresses ? WithFixedAddresses(start) : Process.Start(start)!);
        }
        catch (Exception refused) when (refused is Win32Exception or IOException)
        {
            throw new MegatuxException(ErrorCodes.MachineNotStarted, $"{spec.Name} cannot be started: {refused.Message}", inner: refused);
        }
    }

    // A process inherits the layout from the thread that starts it. A thread of its own leaves all others as they are, and
    // takes no program such as setarch, which the small host images would not have.
    private static Process WithFixedAddresses(ProcessStartInfo start)
    {
        Process? process = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                AddressSpace.DisableRandomization();
                process = Process.Start(start);
            }
            catch (Exception refused) when (refused is Win32Exception or IOException)
            {
                failure = ExceptionDispatchInfo.Capture(refused);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return process!;
    }
}
