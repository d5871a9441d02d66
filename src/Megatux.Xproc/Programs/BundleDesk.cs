using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>Has bundles brought to this host, each with all of its parts. Pure but for the store.</summary>
internal sealed class BundleDesk
{
    private readonly IBlobStore _store;
    private readonly Action<BlobId, string?> _ready;
    private readonly Dictionary<BlobId, HashSet<BlobId>> _missing = [];

    /// <param name="send">Sends over a link.</param>
    /// <param name="store">Where they are kept.</param>
    /// <param name="isRoot">True where there is nobody to ask.</param>
    /// <param name="ready">Is told that a bundle is there, or why it cannot be had.</param>
    internal BundleDesk(Action<long, TreeMessage> send, IBlobStore store, bool isRoot, Action<BlobId, string?> ready)
    {
        (_store, _ready) = (store, ready);
        Relay = new BlobRelay(send, store, Settled, isRoot);
    }

    internal BlobRelay Relay { get; }

    /// <summary>Has a bundle brought; if it is there already, that is told at once.</summary>
    internal void Need(BlobId bundle)
    {
        if (_missing.ContainsKey(bundle))
            return;
        _missing.Add(bundle, [bundle]);
        Relay.Need(bundle);
    }

    private void Settled(BlobId id, string? problem)
    {
        foreach ((BlobId bundle, HashSet<BlobId> missing) in _missing.ToArray())
        {
            if (!missing.Contains(id))
                continue;
            if (problem is not null)
                End(bundle, problem);
            else if (id == bundle)
                NeedParts(bundle, missing);
            else if (missing.Remove(id) && missing.Count == 0)
                End(bundle, null);
        }
    }

    private void NeedParts(BlobId bundle, HashSet<BlobId> missing)
    {
        if (ReadList(bundle) is not { } list)
        {
            End(bundle, "what came as the program is none");
            return;
        }

        // What is there already is told at once, so that they are known to be missing before any is asked for.
        missing.Remove(bundle);
        missing.UnionWith(list.Parts.Select(part => part.Id));
        foreach ((BlobId part, _) in list.Parts)
            if (_missing.ContainsKey(bundle))
                Relay.Need(part);
    }

    private Bundle? ReadList(BlobId bundle)
    {
        if (_store.LengthOf(bundle) is not (> 0 and <= Bundle.LongestList and { } length))
            return null;
        byte[] bytes = new byte[length];
        try
        {
            for (int there = 0; there < bytes.Length;)
            {
                int read = _store.Read(bundle, there, bytes.AsSpan(there));
                if (read == 0)
                    return null;
                there += read;
            }

            return Bundle.Read(bytes);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void End(BlobId bundle, string? problem)
    {
        if (_missing.Remove(bundle))
            _ready(bundle, problem);
    }
}
