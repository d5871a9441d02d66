namespace Megatux.Agents;

/// <summary>What a front-end, a host or a guest can be asked, each followed by a blank and what it is about.</summary>
public static class Verbs
{
    /// <summary>How the nodes are, in JSON.</summary>
    public const string Status = "status";

    /// <summary>The same but for memory, which takes a look at each guest: for whoever asks many times a second.</summary>
    public const string States = "states";

    /// <summary>Starts the nodes of a set again.</summary>
    public const string Restart = "reboot";

    /// <summary>Ends the nodes of a set.</summary>
    public const string Stop = "stop";

    /// <summary>
    /// Starts the tree's daemons of the hosts of a set again, those of its guests among them: they look for a parent anew. The
    /// root's, where there is no set.
    /// </summary>
    public const string Rejoin = "rejoin";

    /// <summary>What each guest of a set takes: a line each of name, process, bytes of memory, seconds of processor time.</summary>
    public const string Processes = "ps";

    /// <summary>The end of what a node has written to its console.</summary>
    public const string Log = "log";

    /// <summary>The same, and what it writes from then on; what is sent is typed there.</summary>
    public const string Console = "console";

    /// <summary>
    /// A node and a command for its shell: what that writes, and behind a NUL its exit code in decimal.
    /// </summary>
    public const string Execute = "exec";

    /// <summary>
    /// What churn does and has done, in JSON. With a rate (the fraction of guests a week) and a seed, both decimal numbers,
    /// these count from then on.
    /// </summary>
    public const string Churn = "churn";

    /// <summary>Has a host go on with the kernel that was loaded, a moment after it has answered.</summary>
    public const string NextKernel = "kexec";

    /// <summary>Ends the experiment.</summary>
    public const string Halt = "halt";
}
