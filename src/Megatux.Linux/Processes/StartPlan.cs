using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>What a child does between its birth and its program, in order.</summary>
internal sealed unsafe class StartPlan : IDisposable
{
    // include/uapi/linux/prctl.h.
    private const int SetDeathSignal = 1;

    // include/uapi/linux/personality.h: the flag, and the value that only asks.
    private const uint NoRandomization = 0x0040000, QueryPersonality = 0xFFFFFFFF;

    // The kernel's sigset_t and struct sigaction (arch/x86/include/uapi/asm/signal.h).
    private const int SignalCount = 64, SignalSetLength = 8, SignalActionLength = 32, SetMask = 2;
    private const short Readable = 1;
    private const int CloseOnExec = 0x80000, StandardDescriptors = 3;

    private static SafeFileHandle? _null;

    private readonly StepList _steps = new();
    private readonly List<SafeHandle> _held = [];
    private readonly ChildStart _start;

    internal StartPlan(ChildStart start)
    {
        ArgumentException.ThrowIfNullOrEmpty(start.Program);
        _start = start;
        foreach ((SafeHandle handle, int number) in start.Descriptors)
        {
            ArgumentNullException.ThrowIfNull(handle);
            ArgumentOutOfRangeException.ThrowIfNegative(number);
        }
    }

    /// <summary>Flags of clone for what the child has of its own.</summary>
    internal ulong Namespaces => (ulong)(uint)(_start.Container?.Namespaces ?? Linux.Namespaces.None);

    internal (string Action, string? Subject) Meaning(Step* step) => _steps.Meaning(step);

    /// <summary>The whole plan. Called once, on the thread that makes the child.</summary>
    /// <param name="ourselves">Our pidfd.</param>
    internal Step* Finish(int ourselves)
    {
        if (_start.DiesWithParent)
            DieWithParent(ourselves);
        if (_start.NewSession)
            _steps.Add("no session can be made", null, SystemCalls.Setsid);
        else
            _steps.Add("no process group can be made", null, SystemCalls.Setpgid, 0, 0);
        if (_start.Container is { } container)
            new ContainerSteps(_steps, container, Hold).Add();
        Descriptors();
        Folder();
        if (_start.FixedAddresses)
            FixAddresses();
        Limits();
        if (Confinement() is { } confined)
        {
            new ConfinementSteps(_steps, confined).Add();

            // Whoever becomes another user is spared the signal that was arranged before.
            if (confined.User is not null && _start.DiesWithParent)
                DeathSignal();
        }

        UsualSignals();
        Execute();
        return _steps.Finish();
    }

    public void Dispose()
    {
        foreach (SafeHandle handle in _held)
            handle.DangerousRelease();
        _steps.Dispose();
    }

    private ContainerSpec? Confinement() => OwnCapabilities.OfChildren is not { } most ? _start.Container
        : (_start.Container ?? new ContainerSpec { Namespaces = Linux.Namespaces.None }) is var spec && spec.Capabilities is null ? spec with { Capabilities = most }
        : spec;

    private int Hold(SafeHandle handle)
    {
        bool held = false;
        handle.DangerousAddRef(ref held);
        _held.Add(handle);
        return (int)handle.DangerousGetHandle();
    }

    private void DieWithParent(int ourselves)
    {
        DeathSignal();
        // struct pollfd: the descriptor, what is awaited, what came. A pidfd is readable once its process has ended.
        nint poll = _steps.Memory(sizeof(long));
        *(int*)poll = ourselves;
        ((short*)poll)[2] = Readable;
        _steps.AddZero("the parent has ended", SystemCalls.Poll, poll, 1, 0);
    }

    private void DeathSignal() => _steps.Add("no death signal can be had", null, SystemCalls.Prctl, SetDeathSignal, Signals.Kill);

    // First all to numbers beyond those in use, then to their places: a handle may have the number that another shall have.
    private void Descriptors()
    {
        var wanted = new SortedDictionary<int, int>();
        foreach ((SafeHandle handle, int number) in _start.Descriptors)
            if (!wanted.TryAdd(number, Hold(handle)))
                throw new ArgumentException($"Descriptor {number} is named twice.");
        for (int number = 0; number < StandardDescriptors; number++)
            if (!wanted.ContainsKey(number))
                wanted.Add(number, Hold(Null()));

        int beyond = StandardDescriptors;
        foreach ((int number, int source) in wanted)
            beyond = Math.Max(beyond, Math.Max(number, source) + 1);
        int next = beyond;
        foreach ((_, int source) in wanted)
            _steps.Add("a descriptor cannot be passed", null, SystemCalls.Dup3, source, next++, CloseOnExec);
        next = beyond;
        foreach ((int number, _) in wanted)
            _steps.Add("a descriptor cannot be passed", null, SystemCalls.Dup3, next++, number, 0);
        int first = 0;
        foreach ((int number, _) in wanted)
        {
            if (number > first)
                _steps.Add("descriptors cannot be closed", null, SystemCalls.CloseRange, first, number - 1, 0);
            first = number + 1;
        }

        _steps.Add("descriptors cannot be closed", null, SystemCalls.CloseRange, first, int.MaxValue, 0);
    }

    private static SafeFileHandle Null() => _null ??= File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    private void Folder()
    {
        // The steps of a container may have left the folder that we are in.
        string? folder = _start.WorkingDirectory
            ?? (_start.Container is not { } container || !container.Namespaces.HasFlag(Linux.Namespaces.Mount) ? null
                : container.Root is null ? Environment.CurrentDirectory : "/");
        if (folder is not null)
            _steps.Add("the folder cannot be entered", folder, SystemCalls.Chdir, _steps.Text(folder));
    }

    private void FixAddresses()
    {
        int now = NativeProcesses.Personality(QueryPersonality);
        if (now < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        _steps.Add("addresses cannot be fixed", null, SystemCalls.Personality, (nint)((uint)now | NoRandomization));
    }

    private void Limits()
    {
        foreach (ProcessLimit limit in _start.Limits)
        {
            // struct rlimit64: soft, hard.
            nint value = _steps.Memory(2 * sizeof(ulong));
            ((ulong*)value)[0] = ((ulong*)value)[1] = limit.Value;
            _steps.Add("a limit cannot be set", $"{limit.Resource}", SystemCalls.Prlimit64, 0, (nint)limit.Resource, value, 0);
        }
    }

    // The runtime ignores SIGPIPE, our parent may have ignored others, and ignored signals stay so. Two of them cannot be set.
    private void UsualSignals()
    {
        nint usual = _steps.Memory(SignalActionLength);
        for (int signal = 1; signal <= SignalCount; signal++)
            _steps.AddLenient(SystemCalls.RtSigaction, signal, usual, 0, SignalSetLength);
        nint none = _steps.Memory(SignalSetLength);
        _steps.Add("signals cannot be unblocked", null, SystemCalls.RtSigprocmask, SetMask, none, 0, SignalSetLength);
    }

    private void Execute()
    {
        Dictionary<string, string> variables = Variables();
        var pairs = new List<string>(variables.Count);
        foreach ((string name, string value) in variables)
            pairs.Add($"{name}={value}");
        nint arguments = _steps.Texts([_start.Program, .. _start.Arguments]);
        nint environment = _steps.Texts(pairs);
        if (_start.Program.Contains('/', StringComparison.Ordinal))
        {
            _steps.Add("it cannot be executed", _start.Program, SystemCalls.Execve, _steps.Text(_start.Program), arguments, environment);
            return;
        }

        string path = variables.TryGetValue("PATH", out string? given) && given.Length > 0 ? given : ChildStart.UsualPath;
        string[] folders = path.Split(':');
        for (int i = 0; i < folders.Length; i++)
        {
            nint candidate = _steps.Text(folders[i].Length == 0 ? $"./{_start.Program}" : $"{folders[i]}/{_start.Program}");
            if (i < folders.Length - 1)
                _steps.AddLenient(SystemCalls.Execve, candidate, arguments, environment);
            else
                _steps.Add("it cannot be executed from any folder of PATH", path, SystemCalls.Execve, candidate, arguments, environment);
        }
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(_start.Environment ?? Ours());
        foreach ((string name, string value) in _start.AddedEnvironment ?? new Dictionary<string, string>())
            variables[name] = value;
        return variables;
    }

    private static Dictionary<string, string> Ours()
    {
        var variables = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
