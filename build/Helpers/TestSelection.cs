namespace Megatux.Building;

/// <summary>What of the tests is to run.</summary>
/// <param name="Projects">Names of the test projects, in order.</param>
/// <param name="Method">Pattern of the full names of the tests to run, or null for all.</param>
internal sealed record TestSelection(IReadOnlyList<string> Projects, string? Method)
{
    private const string Suffix = ".Tests";

    /// <summary>
    /// Reads a filter: part of the name of a test project (in any case) selects those projects, anything else
    /// the tests whose full name holds it, with * for anything at its ends.
    /// </summary>
    public static TestSelection Of(string testsFolder, string? filter)
    {
        string[] all =
        [
            .. Directory.EnumerateDirectories(testsFolder, $"*{Suffix}").Select(folder => Path.GetFileName(folder))
                .Where(name => File.Exists(Path.Combine(testsFolder, name, $"{name}.csproj"))).Order(StringComparer.Ordinal),
        ];
        if (string.IsNullOrEmpty(filter))
            return new TestSelection(all, null);
        string[] named = [.. all.Where(name => name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        return named.Length > 0 ? new TestSelection(named, null) : new TestSelection(all, $"*{filter.Trim('*')}*");
    }
}
