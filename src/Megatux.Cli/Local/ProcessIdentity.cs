using System.Globalization;

namespace Megatux.Cli;

/// <summary>A process that cannot be taken for another which got its number later.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Started">When it was started, in the kernel's ticks since the machine was.</param>
internal sealed record ProcessIdentity(int Pid, long Started)
{
    // proc(5): the 22nd field of /proc/PID/stat, the 20th behind the name in parentheses.
    private const int StartField = 19;

    /// <summary>The process of a number; null if there is none.</summary>
    internal static ProcessIdentity? Of(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return new ProcessIdentity(pid, long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartField], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>What <see cref="ToString"/> wrote; null if it is something else.</summary>
    internal static ProcessIdentity? Parse(string text) =>
        text.Split(' ') is [var pid, var started]
            && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? new ProcessIdentity(number, ticks) : null;

    /// <summary>True while the process is there.</summary>
    internal bool IsAlive => Of(Pid) == this;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid} {Started}");
}
