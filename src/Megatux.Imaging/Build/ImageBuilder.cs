using System.Security.Cryptography;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Makes the members of one image, each laid over those before it.</summary>
internal sealed class ImageBuilder(ImageKind image, MemberStore store, IBuildLog log, CancellationToken cancellation)
{
    private readonly List<Member> _members = [];
    private readonly List<(IEnumerable<ImageEntry> Entries, ImageStack Stack, bool AllowDangling, string? Subject)> _links = [];
    private string _below = "";

    /// <summary>What the image holds for all nodes.</summary>
    internal ImageStack Stack { get; } = new();

    /// <summary>The members, in the order in which they are joined; those for some nodes come last.</summary>
    internal IReadOnlyList<Member> Members => _members;

    /// <summary>Name of a member of this image: <c>guest-base</c>.</summary>
    internal string NameOf(string part) => $"{image.ToString().ToLowerInvariant()}-{part}";

    /// <summary>Adds a member from a source that is cheap to read.</summary>
    internal void Add(string part, IEnumerable<ImageEntry> entries, bool followLinks = false, bool compress = true, string? subject = null, NodeSet? nodes = null)
    {
        ImageStack lower = nodes is null ? Stack : new ImageStack(Stack);
        List<ImageEntry> arranged = MemberLayout.Arrange(entries, lower, NameOf(part), followLinks, subject);
        if (arranged.Count == 0)
            return;
        Take(store.Pack(NameOf(part), arranged, "", compress, cancellation), lower, nodes);
    }

    /// <summary>
    /// Adds a member from a source that is dear to read, and is read only when <paramref name="source"/> (all that it
    /// depends on, as text) or a member below is another than last time.
    /// </summary>
    internal void AddDear(string part, string source, Func<IEnumerable<ImageEntry>> read, bool followLinks = false, string? subject = null)
    {
        string key = Hash(source, _below);
        if (store.Find(NameOf(part), key) is { } cached)
        {
            Take(cached, Stack, null);
            return;
        }

        List<ImageEntry> arranged = MemberLayout.Arrange(read(), Stack, NameOf(part), followLinks, subject);
        Take(store.Pack(NameOf(part), arranged, key, compress: true, cancellation), Stack, null);
    }

    /// <summary>Adds an overlay: its links are checked once the image is whole.</summary>
    internal void AddOverlay(string part, List<ImageEntry> entries, NodeSet? nodes, bool allowDangling, string subject)
    {
        Add(part, entries, subject: subject, nodes: nodes);
        var stack = Stack;
        if (nodes is not null)
        {
            stack = new ImageStack(Stack);
            stack.Add(part, entries);
        }

        _links.Add((entries, stack, allowDangling, subject));
    }

    /// <summary>Checks the overlays' links against what is there now that all members are.</summary>
    internal void CheckLinks()
    {
        foreach ((IEnumerable<ImageEntry> entries, ImageStack stack, bool allowDangling, string? subject) in _links)
            LinkCheck.Run(entries, stack, allowDangling, subject);
    }

    private void Take((Member Member, MemberIndex Index) packed, ImageStack stack, NodeSet? nodes)
    {
        Member member = packed.Member with { Nodes = nodes };
        stack.Add(member.Name, packed.Index.Entries);
        if (nodes is null)
            _below = Hash(_below, packed.Index.Key);
        _members.Add(member);
        if (member.PackedBecause is { } reason)
            log.Tell($"  packed {member.Name}: {Sizes.Of(member.UnpackedLength)} in {member.Entries} {(member.Entries == 1 ? "entry" : "entries")}, {Sizes.Of(member.Length)} packed, because {reason}");
        else
            log.Detail($"  kept {member.Name}");
    }

    private static string Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in parts)
            hash.AppendData(Encoding.UTF8.GetBytes(part + "\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
