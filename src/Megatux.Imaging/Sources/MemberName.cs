using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Makes an image's path of a member's name, or says why it cannot be one.</summary>
internal static class MemberName
{
    // The kernel skips records whose name, NUL included, is longer than PATH_MAX; file systems take NAME_MAX bytes.
    internal const int LongestPath = 4095, LongestComponent = 255;

    // What stands for a byte that is not UTF-8 once the library has decoded a name.
    private const char Undecodable = '\uFFFD';

    /// <summary>The path of a member in the image: empty for the root itself.</summary>
    public static string Normalize(string name, string what, string member, ArchiveErrors errors)
    {
        RefuseUnwritable(name, what, member, errors);
        if (name.StartsWith('/'))
        {
            throw errors.Member(ErrorCodes.ArchiveMemberLeavesRoot, member,
                $"its {what} starts with '/', where a path relative to the image's root is expected. Pack with tar -C ROOT . instead.");
        }

        if (IsPlain(name))
            return name;

        var path = new StringBuilder(name.Length);
        foreach (Range range in name.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> component = name.AsSpan(range);
            if (component is "" or ".")
                continue;
            if (component is "..")
                throw errors.Member(ErrorCodes.ArchiveMemberLeavesRoot, member, $"its {what} has a \"..\" in it.");
            if (path.Length > 0)
                path.Append('/');
            path.Append(component);
        }

        return path.ToString();
    }

    /// <summary>Checks the target of a symbolic link in <paramref name="folder"/> of the image; the target stays as it is.</summary>
    public static void CheckTarget(string folder, string target, string member, ArchiveErrors errors)
    {
        if (target.Length == 0)
            throw errors.Member(ErrorCodes.ArchiveNameInvalid, member, "it is a symbolic link to nothing.");

        // An absolute target is honest: the guest resolves it inside its own root.
        RefuseUnwritable(target, "target", member, errors);
        int depth = target[0] == '/' || folder.Length == 0 ? 0 : folder.AsSpan().Count('/') + 1;
        foreach (Range range in target.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> component = target.AsSpan(range);
            depth += component is ".." ? -1 : component is "" or "." ? 0 : 1;
            if (depth < 0)
            {
                throw errors.Member(ErrorCodes.ArchiveMemberLeavesRoot, member,
                    $"its target \"{ArchiveErrors.Show(target)}\" climbs out of the image's root.");
            }
        }
    }

    /// <summary>Refuses a path, rewritten through links, that the kernel or a file system would not take.</summary>
    public static void CheckLength(string path, string member, ArchiveErrors errors)
    {
        if (path.Length > LongestComponent / 3)
        {
            foreach (Range range in path.AsSpan().Split('/'))
            {
                if (Encoding.UTF8.GetByteCount(path.AsSpan(range)) > LongestComponent)
                    throw errors.Member(ErrorCodes.ArchiveNameInvalid, member, $"a component of its name has more than {LongestComponent} bytes.");
            }
        }

        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw errors.Member(ErrorCodes.ArchiveNameInvalid, member, $"its path has more than {LongestPath} bytes.");
    }

    private static void RefuseUnwritable(string name, string what, string member, ArchiveErrors errors)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
            throw errors.Member(ErrorCodes.ArchiveNameInvalid, member, $"its {what} has a NUL in it.");
        if (name.Contains(Undecodable, StringComparison.Ordinal))
            throw errors.Member(ErrorCodes.ArchiveNameInvalid, member, $"its {what} is not UTF-8.");
        if (Encoding.UTF8.GetByteCount(name) > LongestPath)
            throw errors.Member(ErrorCodes.ArchiveNameInvalid, member, $"its {what} has more than {LongestPath} bytes.");
    }

    // Most names need no change: no empty, "." or ".." component.
    private static bool IsPlain(string name) =>
        name.Length > 0 && name[0] != '.' && name[^1] != '/' &&
        !name.Contains("//", StringComparison.Ordinal) && !name.Contains("/.", StringComparison.Ordinal);
}
