using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Megatux.Linux;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Agents;

/// <summary>
/// The first process of a machine: it reaps what orphans leave to it, runs what overlays ask for, and ends the machine in
/// order when the signals come that busybox's <c>poweroff</c>, <c>reboot</c> and <c>halt</c> send.
/// </summary>
public sealed class FirstProcess : IDisposable
{
    private const string ProgramFolder = "/etc/megatux/run.d";

    private const string CtrlAltDel = "/proc/sys/kernel/ctrl-alt-del";

    // busybox's init/halt.c: what each command sends to the first process.
    private const PosixSignal HaltSignal = (PosixSignal)10, PowerOffSignal = (PosixSignal)12;

    /// <summary>How long processes may take to end.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(1);

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly IDisposable _orphans;
    private readonly TaskCompletionSource<EndOfMachine> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes the signals.</summary>
    public FirstProcess()
    {
        On(PosixSignal.SIGTERM, EndOfMachine.Restart);
        On(PosixSignal.SIGINT, EndOfMachine.Restart);
        On(HaltSignal, EndOfMachine.PowerOff);
        On(PowerOffSignal, EndOfMachine.PowerOff);
        _orphans = ChildReaper.ReapOrphansContinuously();
    }

    /// <summary>Has Ctrl-Alt-Del end the machine in order, by a signal to this process, instead of resetting it at once.</summary>
    public static void TakeCtrlAltDel()
    {
        if (File.Exists(CtrlAltDel))
            File.WriteAllText(CtrlAltDel, "0");
    }

    /// <summary>Is done when the machine is to end.</summary>
    public Task<EndOfMachine> End => _end.Task;

    /// <summary>
    /// Says something on the console. Not by .NET's Console, which takes SIGCHLD when it meets a terminal, and then waits for
    /// children of ours.
    /// </summary>
    public static void Say(string text) => Write($"megatux: {text}");

    /// <summary>The same without saying who says it.</summary>
    internal static void Write(string text)
    {
        using var console = new SafeFileHandle(StandardDescriptors.Output, ownsHandle: false);

        // Nor by a stream of its own, which in a file begins where it was opened, and writes over what others have said since. When
        // nobody reads it, it is lost.
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes($"{text}\n");
        while (!rest.IsEmpty && Descriptor.TryWrite(console, rest) is > 0 and int written)
            rest = rest[written..];
    }

    /// <summary>Has the machine end.</summary>
    public void Ask(EndOfMachine end) => _end.TrySetResult(end);

    /// <summary>
    /// Runs what the overlays ask for, by name in order. A program that is to stay must put itself into the background.
    /// </summary>
    public static void RunPrograms()
    {
        if (!Directory.Exists(ProgramFolder))
            return;
        string[] programs = Directory.GetFiles(ProgramFolder);
        Array.Sort(programs, StringComparer.Ordinal);
        foreach (string program in programs)
        {
            if ((File.GetUnixFileMode(program) & UnixFileMode.UserExecute) == 0)
                continue;
            try
            {
                if (Run(program, []) is { Succeeded: false } status)
                    Say($"{program} failed with exit code {status.ShellCode}");
            }
            catch (Exception refused) when (refused is Win32Exception or IOException)
            {
                Say($"{program} was not run: {refused.Message}");
            }
        }
    }

    /// <summary>Runs a program to its end, with this process's console and without input.</summary>
    public static ExitStatus Run(string program, IReadOnlyList<string> arguments)
    {
        using ChildProcess child = ChildProcess.Start(new ChildStart
        {
            Program = program,
            Arguments = arguments,
            Descriptors = StandardDescriptors.Outputs(),
            DiesWithParent = false,
        });
        return child.Exit.GetAwaiter().GetResult();
    }

    /// <summary>Ends all processes, asking them first, and the machine. Does not return.</summary>
    public static void EndMachine(EndOfMachine end)
    {
        AllProcesses.End(EndTime);
        if (end == EndOfMachine.Restart)
            Power.Restart();
        else if (end == EndOfMachine.NextKernel)
            Power.StartKernel();
        else
            Power.Off();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _orphans.Dispose();
    }

    private void On(PosixSignal signal, EndOfMachine end) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Ask(end);
    }));
}
