namespace Megatux.Agents;

/// <summary>
/// The words that a machine was started with: of the kernel's command line, or in a container, which has no kernel of its
/// own, the arguments of its first process.
/// </summary>
public sealed class BootWords
{
    private const string CommandLine = "/proc/cmdline", Prefix = "megatux.";

    private readonly string[] _words;

    /// <summary>Takes the words given.</summary>
    public BootWords(IEnumerable<string> words) => _words = [.. words];

    /// <summary>
    /// True when a program's arguments are the words of a container. The kernel, too, gives its first process arguments:
    /// words of the command line that it does not know; but none with a dot, which would be parameters of modules.
    /// </summary>
    public static bool AreOfContainer(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Any(word => word.StartsWith(Prefix, StringComparison.Ordinal));
    }

    /// <summary>The words of the kernel's command line. Takes /proc.</summary>
    public static BootWords OfKernel() =>
        new(File.ReadAllText(CommandLine).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The node's name; null if nobody gave one.</summary>
    public string? Node => Value("megatux.node=");

    /// <summary>The node's place among all of its kind, from 0; null if nobody said.</summary>
    public long? Index => long.TryParse(Value("megatux.index="), out long index) && index >= 0 ? index : null;

    /// <summary>The channel, as <see cref="MachineChannel.TryOpen"/> takes it; null if there is no channel.</summary>
    public string? Channel => Value("megatux.channel=");

    /// <summary>The host's address with its prefix length, for hosts that nobody gives one by DHCP; null if nobody said.</summary>
    public string? Address => Value("megatux.address=");

    /// <summary>The address of the tree's root, to a host; null if nobody said.</summary>
    public string? Master => Value("megatux.master=");

    /// <summary>The guest's interface as its kernel names it; null if it has none.</summary>
    public string? Interface => Value("megatux.interface=");

    /// <summary>How much a host's guests are to come and go, where that is not as its manifest says; null if nobody said.</summary>
    public ChurnSetting? Churn => ChurnSetting.Parse(Value("megatux.churn="));

    /// <summary>The guests that a host starts, as a node set; null when it starts all of its own.</summary>
    public string? Only => Value("megatux.only=");

    /// <summary>True when the machine is to end as soon as it is up.</summary>
    public bool PowerOff => Has("megatux.poweroff");

    /// <summary>True when the console gets a shell.</summary>
    public bool Shell => Has("megatux.shell");

    /// <summary>The last value of a word that begins so: later words override earlier ones, as the kernel's do.</summary>
    public string? Value(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        for (int at = _words.Length - 1; at >= 0; at--)
            if (_words[at].StartsWith(prefix, StringComparison.Ordinal))
                return _words[at][prefix.Length..];
        return null;
    }

    private bool Has(string word) => Array.IndexOf(_words, word) >= 0;
}
