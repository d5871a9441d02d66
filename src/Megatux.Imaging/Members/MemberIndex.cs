using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Megatux.Imaging;

/// <summary>
/// What a member holds, a line an entry: from it follow the member's key (same lines, same compressor: same bytes), the
/// reason for packing it again, and what later members are laid over.
/// </summary>
internal sealed class MemberIndex
{
    /// <summary>Counts up when the same entries come to be packed into other bytes.</summary>
    private const int FormatVersion = 2;

    private const int FieldCount = 11;
    private const int DeviceParts = 2;
    private const int LengthField = 9;
    private const int AfreshField = 10;
    private const int DigestField = 5;

    private readonly List<(ImageEntry Entry, string Line)> _lines;

    private MemberIndex(string packing, List<(ImageEntry, string)> lines)
    {
        Packing = packing;
        _lines = lines;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(packing + "\n"));
        foreach ((_, string line) in _lines)
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        Key = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>How the member is packed: format, compressor and its version, time stamp.</summary>
    internal string Packing { get; }

    /// <summary>SHA-256 of all that decides the member's bytes, in hexadecimal.</summary>
    internal string Key { get; }

    /// <summary>How the archive is compressed.</summary>
    internal CompressionKind Compression => Packing.Contains(", gzip ", StringComparison.Ordinal) ? CompressionKind.Gzip
        : Packing.Contains(", zstd ", StringComparison.Ordinal) ? CompressionKind.Zstd
        : CompressionKind.None;

    internal IEnumerable<ImageEntry> Entries => _lines.Select(line => line.Entry);

    internal int Count => _lines.Count;

    /// <summary>Describes entries that are about to be packed. Reads the contents that <paramref name="digests"/> does not know yet.</summary>
    internal static MemberIndex Of(List<ImageEntry> entries, Imaging.Compression compression, uint modifiedAt, ContentDigests digests, CancellationToken cancellation)
    {
        var lines = new List<(ImageEntry, string)>(entries.Count);
        foreach (ImageEntry entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            string digest = entry.Content is { } content ? digests.Of(content) : "-";
            lines.Add((entry, Format(entry, digest)));
        }

        return new MemberIndex(string.Create(CultureInfo.InvariantCulture, $"cpio {FormatVersion}, {compression.Identity}, time {modifiedAt}"), lines);
    }

    /// <summary>Reads the index of the archive <paramref name="member"/>; null when it is not whole.</summary>
    internal static MemberIndex? TryRead(string path, string member)
    {
        if (!File.Exists(path))
            return null;
        string[] text = File.ReadAllLines(path);
        if (text.Length < 2 || !int.TryParse(text[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count != text.Length - 2)
            return null;
        try
        {
            return new MemberIndex(text[0], [.. text[1..^1].Select(line => (Parse(line, member), line))]);
        }
        catch (Exception damage) when (damage is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Writes the index; its last line counts the entries, so that half an index is not taken for one.</summary>
    internal void WriteTo(TextWriter writer)
    {
        writer.Write(Packing + "\n");
        foreach ((_, string line) in _lines)
            writer.Write(line + "\n");
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{_lines.Count}\n"));
    }

    /// <summary>Says in what this index differs from an older one, for people; empty when in nothing.</summary>
    internal string DifferencesFrom(MemberIndex older)
    {
        const int shown = 3;
        var reasons = new List<string>();
        if (older.Packing != Packing)
            reasons.Add($"packed as '{older.Packing}' before, now as '{Packing}'");
        Dictionary<string, string> before = older._lines.ToDictionary(line => line.Entry.Path, line => line.Line, StringComparer.Ordinal);
        foreach ((ImageEntry entry, string line) in _lines)
            if (!before.Remove(entry.Path, out string? was))
                reasons.Add($"{entry.Path} is new");
            else if (was != line)
                reasons.Add($"{entry.Path}: {Difference(Parse(was, ""), entry, was, line)}");
        reasons.AddRange(before.Keys.Select(path => $"{path} is gone"));
        return string.Join("; ", reasons.Take(shown)) + (reasons.Count > shown ? $"; and {reasons.Count - shown} more" : "");
    }

    private static string Difference(ImageEntry was, ImageEntry now, string wasLine, string nowLine) =>
        was.Kind != now.Kind ? $"{was.Kind} became {now.Kind}"
        : was.Mode != now.Mode ? $"mode {Convert.ToString(was.Mode, 8)} became {Convert.ToString(now.Mode, 8)}"
        : (was.Uid, was.Gid) != (now.Uid, now.Gid) ? $"owner {was.Uid}:{was.Gid} became {now.Uid}:{now.Gid}"
        : was.LinkTarget != now.LinkTarget ? $"link to {was.LinkTarget} became {now.LinkTarget}"
        : wasLine.Split('\t')[DigestField] != nowLine.Split('\t')[DigestField] ? "contents changed"
        : "changed";

    private static string Format(ImageEntry entry, string digest) => string.Create(CultureInfo.InvariantCulture,
        $"{(int)entry.Kind}\t{entry.Mode}\t{entry.Uid}\t{entry.Gid}\t{entry.DeviceMajor}:{entry.DeviceMinor}\t{digest}\t{Escape(entry.Path)}\t{Escape(entry.LinkTarget ?? "")}\t{Escape(entry.HardLinkTo ?? "")}\t{entry.Content?.Length ?? -1}\t{(entry.Afresh ? 1 : 0)}");

    private static ImageEntry Parse(string line, string member)
    {
        string[] field = line.Split('\t');
        if (field.Length != FieldCount)
            throw new FormatException($"{field.Length} fields instead of {FieldCount}");
        string[] device = field[4].Split(':');
        if (device.Length != DeviceParts)
            throw new FormatException($"'{field[4]}' instead of two numbers");
        long length = long.Parse(field[LengthField], CultureInfo.InvariantCulture);
        return new ImageEntry
        {
            Kind = (EntryKind)int.Parse(field[0], CultureInfo.InvariantCulture),
            Mode = int.Parse(field[1], CultureInfo.InvariantCulture),
            Uid = uint.Parse(field[2], CultureInfo.InvariantCulture),
            Gid = uint.Parse(field[3], CultureInfo.InvariantCulture),
            DeviceMajor = uint.Parse(device[0], CultureInfo.InvariantCulture),
            DeviceMinor = uint.Parse(device[1], CultureInfo.InvariantCulture),
            Path = Unescape(field[6]),
            LinkTarget = field[7].Length == 0 ? null : Unescape(field[7]),
            HardLinkTo = field[8].Length == 0 ? null : Unescape(field[8]),
            Content = length < 0 ? null : new ArchivedContent(member, Unescape(field[6]), length),
            Afresh = field[AfreshField] == "1",
            Origin = member,
        };
    }

    private static string Escape(string text) =>
        text.AsSpan().IndexOfAny('\t', '\n', '\\') < 0 && !text.Contains('\r', StringComparison.Ordinal)
            ? text
            : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' || i + 1 == text.Length ? text[i] : text[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', char c => c });
        return plain.ToString();
    }
}
