namespace Megatux.Imaging;

/// <summary>Writes a member: one archive with its trailer, compressed.</summary>
internal static class MemberWriter
{
    /// <summary>Writes entries in the order given (parents before children) to <paramref name="output"/>, which stays open.</summary>
    internal static void Write(
        Stream output, IReadOnlyList<ImageEntry> entries, Compression compression, uint modifiedAt, CancellationToken cancellation)
    {
        Dictionary<string, int> names = CountNames(entries);
        using RecordSink sink = compression.CreateSink(output);
        var writer = new CpioWriter(sink, modifiedAt);
        foreach (ImageEntry entry in FirstNamesFirst(entries, names))
            writer.Write(entry, names.GetValueOrDefault(entry.HardLinkTo ?? entry.Path, 1), cancellation);
        writer.WriteTrailer();
        sink.Complete();
    }

    private static Dictionary<string, int> CountNames(IReadOnlyList<ImageEntry> entries)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ImageEntry entry in entries)
            if (entry.HardLinkTo is { } first)
                names[first] = names.GetValueOrDefault(first, 1) + 1;
        return names;
    }

    /// <summary>The kernel takes a file's contents from the first of its names, so a hard link must follow what it links to.</summary>
    private static IEnumerable<ImageEntry> FirstNamesFirst(IReadOnlyList<ImageEntry> entries, Dictionary<string, int> names) =>
        names.Count == 0 ? entries : entries.Where(entry => entry.HardLinkTo is null).Concat(entries.Where(entry => entry.HardLinkTo is not null));
}
