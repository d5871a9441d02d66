using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Megatux.Model.Tests;

/// <summary>What ClusterShell makes of an expression; no text when that is an error.</summary>
/// <param name="Text">The folded form.</param>
/// <param name="Count">Number of nodes.</param>
/// <param name="InOrder">Digest of the names in their order.</param>
/// <param name="Sorted">Digest of the sorted names.</param>
internal sealed record Reading(string? Text, long Count = 0, string InOrder = "", string Sorted = "");

/// <summary>The reference implementation, in one process for many expressions.</summary>
internal static class ClusterShell
{
    private const string Python = "/usr/bin/python3";

    private const string Driver = """
        import hashlib, sys
        from ClusterShell.NodeSet import NodeSet, RESOLVER_NOGROUP

        def digest(names):
            return hashlib.sha1("\n".join(names).encode()).hexdigest()

        for line in sys.stdin:
            try:
                nodes = NodeSet(line.rstrip("\n"), resolver=RESOLVER_NOGROUP)
                names = list(nodes)
                print(nodes, len(nodes), digest(names), digest(sorted(names)), sep="\t")
            except Exception:
                print("error")
        """;

    /// <summary>Skips the test where the Debian package clustershell is not installed.</summary>
    public static void Require()
    {
        if (Command.Find("nodeset") is null || !File.Exists(Python))
            Assert.Skip("the reference is missing: apt-get install clustershell");
    }

    public static List<Reading> Read(IEnumerable<string> expressions)
    {
        using var folder = new TempFolder();
        string script = folder.Write("driver.py", Driver);
        CommandResult result = Command.Run(Python, [script], input: string.Concat(expressions.Select(text => text + "\n"))).Succeeded();
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    /// <summary>The same for our own set.</summary>
    public static Reading Of(NodeSet set)
    {
        List<string> names = [.. set.Expand()];
        string inOrder = Digest(names);
        names.Sort(string.CompareOrdinal);
        return new Reading(set.ToString(), set.Count, inOrder, Digest(names));
    }

    private static Reading Parse(string line) =>
        line.Split('\t') is [var text, var count, var inOrder, var sorted]
            ? new Reading(text, long.Parse(count, CultureInfo.InvariantCulture), inOrder, sorted)
            : new Reading(null);

#pragma warning disable CA5350 // A checksum for comparing, nothing that must be secure.
    private static string Digest(List<string> names) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names))));
#pragma warning restore CA5350
}
