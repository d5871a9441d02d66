using System.Security.Cryptography;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Makes the members of one image, each laid over those before it.</summary>
internal sealed class ImageBuilder(ImageKind image, MemberStore store, IBuildLog log, CancellationToken cancellation)
{
    private readonly List<Member> _members = [];
    private readonly List<(MemberIndex Index, Member Member)> _ofSomeNodes = [];
    private readonly List<(IEnumerable<ImageEntry> Entries, NodeSet? Nodes, bool AllowDangling, string? Subject)> _links = [];
    private string _below = "";

    /// <summary>What the image holds for all nodes.</summary>
    internal ImageStack Stack { get; } = new();

    /// <summary>The members, in the order in which they are joined; those for some nodes come last.</summary>
    internal IReadOnlyList<Member> Members => _members;

    /// <summary>What each of some nodes has so far, all others aside; what all nodes have, for null.</summary>
    internal ImageStack Below(NodeSet? nodes)
    {
        if (nodes is null)
            return Stack;
        var stack = new ImageStack(Stack);
        foreach ((MemberIndex index, Member member) in _ofSomeNodes)
            if (member.Nodes!.Contains(nodes))
                stack.Add(member.Name, index.Entries);
        return stack;
    }

    /// <summary>Name of a member of this image: <c>guest-base</c>.</summary>
    internal string NameOf(string part) => $"{image.ToString().ToLowerInvariant()}-{part}";

    /// <summary>Adds a member from a source that is cheap to read.</summary>
    internal void Add(string part, IEnumerable<ImageEntry> entries, bool followLinks = false, bool compress = true, string? subject = null, NodeSet? nodes = null)
    {
        List<ImageEntry> arranged = MemberLayout.Arrange(entries, Below(nodes), NameOf(part), followLinks, subject);
        if (arranged.Count == 0)
            return;
        Take(store.Pack(NameOf(part), arranged, "", compress, cancellation), nodes);
    }

    /// <summary>
    /// Adds a member from a source that is dear to read, and is read only when <paramref name="source"/> (all that it
    /// depends on, as text) or a member below is another than last time.
    /// </summary>
    internal void AddDear(
        string part, string source, Func<ImageStack, IEnumerable<ImageEntry>> read, bool followLinks = false, string? subject = null, NodeSet? nodes = null)
    {
        string key = Hash([source, _below, .. KeysBelow(nodes)]);
        if (store.Find(NameOf(part), key) is { } cached)
        {
            Take(cached, nodes);
            return;
        }

        ImageStack lower = Below(nodes);
        List<ImageEntry> arranged = MemberLayout.Arrange(read(lower), lower, NameOf(part), followLinks, subject);
        Take(store.Pack(NameOf(part), arranged, key, compress: true, cancellation), nodes);
    }

    /// <summary>Adds an overlay: its links are checked once the image is whole.</summary>
    internal void AddOverlay(string part, List<ImageEntry> entries, NodeSet? nodes, bool allowDangling, string subject)
    {
        Add(part, entries, subject: subject, nodes: nodes);
        _links.Add((entries, nodes, allowDangling, subject));
    }

    /// <summary>Checks the overlays' links against what is there now that all members are.</summary>
    internal void CheckLinks()
    {
        foreach ((IEnumerable<ImageEntry> entries, NodeSet? nodes, bool allowDangling, string? subject) in _links)
            LinkCheck.Run(entries, Below(nodes), allowDangling, subject);
    }

    private void Take((Member Member, MemberIndex Index) packed, NodeSet? nodes)
    {
        Member member = packed.Member with { Nodes = nodes };
        _members.Add(member);
        if (nodes is null)
        {
            Stack.Add(member.Name, packed.Index.Entries);
            _below = Hash([_below, packed.Index.Key]);
        }
        else
        {
            _ofSomeNodes.Add((packed.Index, member));
        }

        if (member.PackedBecause is { } reason)
            log.Tell($"  packed {member.Name}: {Sizes.Of(member.UnpackedLength)} in {member.Entries} {(member.Entries == 1 ? "entry" : "entries")}, {Sizes.Of(member.Length)} packed, because {reason}");
        else
            log.Detail($"  kept {member.Name}");
    }

    private IEnumerable<string> KeysBelow(NodeSet? nodes) =>
        nodes is null ? [] : _ofSomeNodes.Where(below => below.Member.Nodes!.Contains(nodes)).Select(below => below.Index.Key);

    private static string Hash(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in parts)
            hash.AppendData(Encoding.UTF8.GetBytes(part + "\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
