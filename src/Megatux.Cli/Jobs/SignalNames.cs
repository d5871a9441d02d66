using System.Globalization;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Signals by name, as signal(7) and kill(1) have them.</summary>
internal static class SignalNames
{
    private const int Greatest = 64;
    private const string Prefix = "SIG";

    // By number, from 1 (include/uapi/asm-generic/signal.h).
    private static readonly string[] Names =
    [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>The number of a signal: TERM, SIGTERM, term, 15.</summary>
    /// <exception cref="MegatuxException">It is none.</exception>
    internal static int Number(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= Greatest)
            return number;
        string name = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : text;
        int at = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at + 1
            : throw new MegatuxException(ErrorCodes.JobMalformed, $"'{text}' is no signal: expected a name such as TERM, or a number from 1 to {Greatest}.");
    }
}
