using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Where a member's path leads, through symbolic links of the archive.</summary>
internal sealed partial class EntryTree
{
    // As many links as the kernel follows (MAXSYMLINKS); and a bound on the work that one hostile name can cause.
    private const int MostLinks = 40, MostSteps = 4096;

    /// <summary>
    /// The path at which a member of this (normalized, not empty) path lands: its folders are followed through links
    /// and made where they are missing; the last component is not followed.
    /// </summary>
    public string Locate(string path, string member)
    {
        int slash = path.LastIndexOf('/');
        if (slash < 0)
        {
            MemberName.CheckLength(path, member, errors);
            return path;
        }

        string folder = path[..slash];
        // What is in the tree has only directories above it, so one look says that no link is on the way.
        bool direct = _nodes.TryGetValue(folder, out Node? node) && node.Kind == EntryKind.Directory;
        string located = direct ? path : Join(Walk(folder, member, create: true)!, path[(slash + 1)..]);
        MemberName.CheckLength(located, member, errors);
        return located;
    }

    /// <summary>As <see cref="Locate"/>, for a name that must exist: null when a folder of it does not.</summary>
    public string? LocateExisting(string path, string member)
    {
        int slash = path.LastIndexOf('/');
        if (slash < 0 || _nodes.ContainsKey(path))
            return path;
        return Walk(path[..slash], member, create: false) is { } folder ? Join(folder, path[(slash + 1)..]) : null;
    }

    private string? Walk(string folder, string member, bool create)
    {
        var pending = new Stack<string>();
        Push(pending, folder);
        string at = "";
        int links = 0, steps = 0;
        while (pending.TryPop(out string? component))
        {
            if (++steps > MostSteps)
                throw errors.Member(ErrorCodes.ArchiveMembersClash, member, "its path through symbolic links is too long.");
            if (component is "" or ".")
                continue;
            if (component == "..")
            {
                at = at.Length > 0 ? Parent(at)
                    : throw errors.Member(ErrorCodes.ArchiveMemberLeavesRoot, member, "it would be written through a symbolic link that leaves the image's root.");
                continue;
            }

            string next = Join(at, component);
            if (!_nodes.TryGetValue(next, out Node? node))
            {
                if (!create)
                    return null;
                MemberName.CheckLength(next, member, errors);
                Put(next, new Node { Kind = EntryKind.Directory, Mode = ImplicitMode, Implicit = true }, member);
                at = next;
            }
            else if (node.Kind == EntryKind.Directory)
            {
                at = next;
            }
            else if (node.Kind == EntryKind.SymbolicLink)
            {
                if (++links > MostLinks)
                    throw errors.Member(ErrorCodes.ArchiveMembersClash, member, $"its path goes through more than {MostLinks} symbolic links, in a loop perhaps.");
                if (node.LinkTarget!.StartsWith('/'))
                    at = "";
                Push(pending, node.LinkTarget);
            }
            else
            {
                throw errors.Member(ErrorCodes.ArchiveMembersClash, member, $"it lies below \"{ArchiveErrors.Show(next)}\", which is no folder in the archive.");
            }
        }

        return at;
    }

    private static void Push(Stack<string> pending, string path)
    {
        string[] components = path.Split('/');
        for (int i = components.Length - 1; i >= 0; i--)
            pending.Push(components[i]);
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
