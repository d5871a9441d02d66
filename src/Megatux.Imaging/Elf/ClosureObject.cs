namespace Megatux.Imaging;

/// <summary>A program or library as the loader will have it in memory.</summary>
/// <param name="File">What it says of itself.</param>
/// <param name="Name">How messages call it: its path on the machine or in the lower image.</param>
/// <param name="MachineFolder">$ORIGIN on this machine, absolute; null if it is the lower image's own.</param>
/// <param name="ImageFolder">$ORIGIN in the image, absolute.</param>
/// <param name="Loader">Who made it be loaded; its DT_RPATH counts for this one's needs as well.</param>
internal sealed record ClosureObject(ElfFile File, string Name, string? MachineFolder, string ImageFolder, ClosureObject? Loader)
{
    /// <summary>True if the lower image holds it and nothing is brought.</summary>
    public bool IsBelow => MachineFolder is null;
}

/// <summary>The folders that a program or library itself names for what it needs.</summary>
internal static class SearchFolders
{
    /// <summary>
    /// In the loader's order (ld.so(8)): DT_RPATH of the one who needs and of those that led to it, unless it has a
    /// DT_RUNPATH; then its DT_RUNPATH. LD_LIBRARY_PATH is unknown at build time. The folder on this machine is null
    /// when only the image can have it.
    /// </summary>
    public static IEnumerable<(string? Machine, string Image)> NamedBy(ClosureObject needer, LibraryFolders system)
    {
        if (needer.File.RunPath is null)
        {
            for (ClosureObject? at = needer; at is not null; at = at.Loader)
                if (at.File is { RPath: { } path, RunPath: null })
                    foreach ((string?, string) folder in Expand(path, at, system))
                        yield return folder;
        }
        else
        {
            foreach ((string?, string) folder in Expand(needer.File.RunPath, needer, system))
                yield return folder;
        }
    }

    /// <summary>Replaces $ORIGIN, $LIB and $PLATFORM (also with braces); null if one of them is unknown.</summary>
    public static string? Substitute(string text, string? origin, LibraryFolders system)
    {
        if (!text.Contains('$'))
            return text;
        string? result = text;
        foreach ((string token, string? value) in new[] { ("ORIGIN", origin), ("LIB", system.LibToken), ("PLATFORM", system.Platform) })
        {
            string braced = $"${{{token}}}";
            bool there = result.Contains(braced, StringComparison.Ordinal) || HasBare(result, token);
            if (!there)
                continue;
            if (value is null)
                return null;
            result = ReplaceBare(result.Replace(braced, value, StringComparison.Ordinal), token, value);
        }

        return result;
    }

    private static IEnumerable<(string?, string)> Expand(string path, ClosureObject owner, LibraryFolders system)
    {
        foreach (string part in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            // What is not absolute depends on the folder in which the program will be started: nothing to go by.
            string? machine = Substitute(part, owner.MachineFolder, system);
            if (Substitute(part, owner.ImageFolder, system) is { } image && image.StartsWith('/'))
                yield return (machine?.StartsWith('/') == true ? machine : null, image);
        }
    }

    private static bool HasBare(string text, string token) => BareAt(text, token, 0) >= 0;

    private static int BareAt(string text, string token, int from)
    {
        string dollar = "$" + token;
        for (int at = text.IndexOf(dollar, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(dollar, at + 1, StringComparison.Ordinal))
        {
            // $LIBRARY is not $LIB.
            int end = at + dollar.Length;
            if (end == text.Length || !(char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
                return at;
        }

        return -1;
    }

    private static string ReplaceBare(string text, string token, string value)
    {
        for (int at = BareAt(text, token, 0); at >= 0; at = BareAt(text, token, at + value.Length))
            text = string.Concat(text.AsSpan(0, at), value, text.AsSpan(at + token.Length + 1));
        return text;
    }
}
