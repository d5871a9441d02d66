using System.Globalization;

namespace Megatux.Cli;

/// <summary>
/// What it takes for a user namespace of this user's to have more than one user: ranges of numbers that root gave away
/// (subuid(5), subgid(5)), and the programs that map them (newuidmap(1), newgidmap(1)).
/// </summary>
internal static class UserRanges
{
    /// <summary>The file with ranges of users.</summary>
    internal const string Users = "/etc/subuid";

    /// <summary>The file with ranges of groups.</summary>
    internal const string Groups = "/etc/subgid";

    private static readonly string[] Mappers = ["newuidmap", "newgidmap"], Files = [Users, Groups];

    /// <summary>True if nothing is missing.</summary>
    internal static bool AreThere(IMachineFacts machine) => MissingProgram(machine) is null && MissingRange(machine) is null;

    /// <summary>The first program that is not there; null if all are.</summary>
    internal static string? MissingProgram(IMachineFacts machine) => Mappers.FirstOrDefault(program => machine.FindProgram(program) is null);

    /// <summary>The first file that gives this user no range; null if both do.</summary>
    internal static string? MissingRange(IMachineFacts machine) => Files.FirstOrDefault(file => Count(machine, file) == 0);

    /// <summary>How many numbers a file gives this user.</summary>
    internal static long Count(IMachineFacts machine, string file)
    {
        // The programs serve nobody whose number has no name, whatever the files say.
        if (machine.UserName.Length == 0)
            return 0;
        long count = 0;

        // "name-or-number:first:count".
        foreach (string line in (machine.ReadText(file) ?? "").Split('\n'))
            if (line.Split(':') is [var owner, _, var size] && (owner == machine.UserName || owner == machine.UserNumber)
                && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long more))
                count += more;
        return count;
    }
}
