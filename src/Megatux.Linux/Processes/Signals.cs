namespace Megatux.Linux;

/// <summary>Numbers of the signals that we send (include/uapi/asm-generic/signal.h).</summary>
public static class Signals
{
    /// <summary>SIGHUP: the terminal went away; many daemons read their configuration again.</summary>
    public const int Hangup = 1;

    /// <summary>SIGINT: what Ctrl+C sends.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGKILL: ends any process, unless it is the first of an inner pid namespace and so is the sender.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM: please end.</summary>
    public const int Terminate = 15;

    /// <summary>SIGCHLD: a child ended.</summary>
    internal const int Child = 17;

    /// <summary>SIGCONT: go on after a stop.</summary>
    public const int Continue = 18;

    /// <summary>SIGSTOP: stand still.</summary>
    public const int Stop = 19;
}
