namespace Megatux.Imaging;

/// <summary>
/// Every file and directory that a build looked at, as it was when it was first looked at: what changes after that is
/// seen by the next build. A name that was looked for and not found is watched too.
/// </summary>
internal sealed class WatchList
{
    private readonly Dictionary<string, FileSignature> _seen = new(StringComparer.Ordinal);
    private readonly long _startedAtNs = FileSignature.NowNs();

    internal int Count => _seen.Count;

    /// <summary>Watches a path, as it is now unless it is watched already.</summary>
    internal void Add(string path) => Add(path, FileSignature.Of(path));

    /// <summary>Watches a path whose status was read already.</summary>
    internal void Add(string path, FileSignature signature) => _seen.TryAdd(path, signature);

    /// <summary>Writes the list; outputs are as they are now, since this build is what changed them last.</summary>
    internal void Write(BinaryWriter writer, IReadOnlySet<string> outputs)
    {
        foreach (string output in outputs)
            _seen[output] = FileSignature.Of(output);
        writer.Write(_seen.Count);
        foreach ((string path, FileSignature signature) in _seen)
        {
            writer.Write(path);
            bool young = signature != FileSignature.Absent && signature.IsTooYoung(_startedAtNs) && !outputs.Contains(path);
            (young ? FileSignature.Untrusted : signature).Write(writer);
        }
    }
}
