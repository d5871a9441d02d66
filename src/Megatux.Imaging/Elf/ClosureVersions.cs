using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Checks that a library offers the symbol versions that are needed of it, as the loader does before a program starts.</summary>
internal static class ClosureVersions
{
    private const string Private = "GLIBC_PRIVATE";
    private const string GlibcPrefix = "GLIBC_";

    /// <summary>Compares what <paramref name="needer"/> wants of a library with what the one that it will get has.</summary>
    /// <exception cref="MegatuxException">A version is lacking.</exception>
    public static void Check(ClosureObject needer, string name, ClosureObject library, string? subject)
    {
        // A library without versions is taken by the loader with a warning.
        if (library.File.VersionDefinitions.Count == 0)
            return;
        var offered = new HashSet<string>(library.File.VersionDefinitions, StringComparer.Ordinal);
        List<string> lacking = [.. Wanted(needer, name).Where(version => !offered.Contains(version))];
        if (lacking.Count == 0)
            return;
        string whose = library.IsBelow ? "the base below has" : "this machine has";
        string newest = Newest(library.File) is { } version ? $" (which goes up to {version})" : "";
        throw new MegatuxException(ErrorCodes.LibraryVersionMismatch,
            $"{needer.Name} needs {string.Join(", ", lacking)} of {name}, and {whose} {library.Name}{newest}, which lacks "
            + $"{(lacking.Count == 1 ? "it" : "them")}. {Remedy(library)}", subject);
    }

    /// <summary>
    /// Parts of glibc use each other's private symbols, which fit only within one release. So when one part is brought
    /// and another is the base's, the machine's own of the latter must be of the base's release.
    /// </summary>
    public static void CheckGlibc(ClosureObject needer, string name, ClosureObject library, ElfFile? machines, string? subject)
    {
        if (machines is not null && Newest(machines) is { } ours && Newest(library.File) is { } theirs && ours != theirs)
        {
            throw new MegatuxException(ErrorCodes.LibraryVersionMismatch,
                $"{needer.Name} is part of this machine's glibc ({ours}) and needs {name}, which the base below has of "
                + $"another release ({library.Name}, {theirs}). {Remedy(library)}", subject);
        }
    }

    /// <summary>Whether <see cref="CheckGlibc"/> is called for.</summary>
    public static bool WantsPrivate(ClosureObject needer, string name) => Wanted(needer, name).Contains(Private);

    private static IEnumerable<string> Wanted(ClosureObject needer, string name) =>
        needer.File.VersionNeeds.Where(need => need.Library == name).SelectMany(need => need.Versions);

    private static string Remedy(ClosureObject library) => library.IsBelow
        ? "Use a base that is as new as the program, or build the program for the base."
        : "Install a newer one, or build the program on this machine.";

    /// <summary>The highest GLIBC_x.y that a library defines, or null.</summary>
    private static string? Newest(ElfFile library)
    {
        (Version Number, string Name)? best = null;
        foreach (string name in library.VersionDefinitions)
            if (name.StartsWith(GlibcPrefix, StringComparison.Ordinal) && Version.TryParse(name.AsSpan(GlibcPrefix.Length), out Version? number)
                && (best is null || number > best.Value.Number))
                best = (number, name);
        return best?.Name;
    }
}
