using System.Globalization;
using System.Text;
using Megatux.Linux;

namespace Megatux.Cli;

/// <summary>
/// A script for a node's shell that gives copies the modes, times and owners that files have here: the archives that they
/// travel in have none of these. What is in a folder comes before the folder, whose time it would change.
/// </summary>
internal sealed class KeptAttributes : IDisposable
{
    private const int PermissionBits = 0xFFF;

    private KeptAttributes(string path) => Path = path;

    /// <summary>Its path here.</summary>
    internal string Path { get; }

    /// <summary>Writes it.</summary>
    /// <param name="sources">The files and folders that are copied.</param>
    internal static KeptAttributes Of(IEnumerable<string> sources)
    {
        // $to is where they come, $into the same if a copy has that for its name and is not in it.
        var script = new StringBuilder("""
            k() { at=${into:-$to/$1}; [ -z "$2" ] || at=$at/$2; chown -h "$3" "$at" && { [ -h "$at" ] || chmod "$4" "$at"; } && touch -h -d "@$5" "$at" || exit; }

            """);
        foreach (string source in sources)
        {
            string path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(source)), name = System.IO.Path.GetFileName(path);
            if (Directory.Exists(path))
                foreach (string inside in Directory.EnumerateFileSystemEntries(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).OrderDescending(StringComparer.Ordinal))
                    Append(script, name, System.IO.Path.GetRelativePath(path, inside), FileStatus.Read(inside));

            // A link that is named is followed.
            Append(script, name, "", FileStatus.Read(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path));
        }

        string file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $".megatux-{Guid.NewGuid():N}");
        File.WriteAllText(file, script.ToString());
        return new KeptAttributes(file);
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);

    private static void Append(StringBuilder script, string name, string inside, in FileStatus status)
    {
        const long nanoseconds = 1_000_000_000;
        script.Append("k ").Append(Quoted(name)).Append(' ').Append(Quoted(inside)).Append(CultureInfo.InvariantCulture, $" {status.Uid}:{status.Gid} ")
            .Append(Convert.ToString(status.Mode & PermissionBits, 8)).Append(CultureInfo.InvariantCulture, $" {status.MtimeNs / nanoseconds}\n");
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
