using System.Globalization;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// One line of the manifest beside an overlay: a path and what a checkout cannot hold of it, in the words of mtree(5):
/// <c>./dev/ttyS1 type=char mode=0620 uid=0 gid=5 device=native,4,65</c>.
/// </summary>
internal sealed record MtreeLine
{
    private const int LargestMode = 0xFFF;

    internal required SourceLocation Where { get; init; }

    /// <summary>Path in the image; null on a <c>/set</c> line.</summary>
    internal string? Path { get; init; }

    internal EntryKind? Kind { get; init; }

    internal int? Mode { get; init; }

    internal uint? Uid { get; init; }

    internal uint? Gid { get; init; }

    internal string? Link { get; init; }

    internal (uint Major, uint Minor)? Device { get; init; }

    /// <summary>Reads a manifest: its lines with the <c>/set</c> defaults filled in.</summary>
    /// <exception cref="MegatuxException">A line is not understood: says which and why.</exception>
    internal static List<MtreeLine> Read(string file)
    {
        var lines = new List<MtreeLine>();
        MtreeLine defaults = new() { Where = new SourceLocation(file) };
        int number = 0;
        foreach (string text in File.ReadLines(file))
        {
            var where = new SourceLocation(file, ++number);
            string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
                continue;
            if (words[0] == "/set")
                defaults = Parse(words.AsSpan(1), defaults with { Where = where });
            else if (words[0] == "/unset")
                defaults = Forget(words.AsSpan(1), defaults, where);
            else
                lines.Add(Parse(words.AsSpan(1), defaults with { Where = where, Path = ParsePath(words[0], where) }));
        }

        return lines;
    }

    private static MtreeLine Parse(ReadOnlySpan<string> words, MtreeLine line)
    {
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string value = equals < 0 ? "" : word[(equals + 1)..];
            line = (equals < 0 ? word : word[..equals]) switch
            {
                "type" => line with { Kind = ParseKind(value, line.Where) },
                "mode" => line with { Mode = ParseMode(value, line.Where) },
                "uid" => line with { Uid = ParseNumber(value, "uid", line.Where) },
                "gid" => line with { Gid = ParseNumber(value, "gid", line.Where) },
                "link" => line with { Link = Unescape(value, line.Where) },
                "device" => line with { Device = ParseDevice(value, line.Where) },
                string unknown => throw Malformed(line.Where,
                    $"'{unknown}' is no keyword here: expected type, mode, uid, gid, link or device, as in ./dev/null type=char mode=0666 device=native,1,3"),
            };
        }

        return line;
    }

    private static MtreeLine Forget(ReadOnlySpan<string> words, MtreeLine defaults, SourceLocation where)
    {
        foreach (string word in words)
            defaults = word switch
            {
                "all" => new MtreeLine { Where = where },
                "type" => defaults with { Kind = null },
                "mode" => defaults with { Mode = null },
                "uid" => defaults with { Uid = null },
                "gid" => defaults with { Gid = null },
                _ => throw Malformed(where, $"/unset {word}: expected all, type, mode, uid or gid"),
            };
        return defaults;
    }

    private static string ParsePath(string word, SourceLocation where)
    {
        string text = Unescape(word, where);
        string? path = text.StartsWith('/') || text.Split('/').Contains("..") ? null : ImagePath.Normalize("", text);
        return path ?? throw Malformed(where, $"'{text}' is no path of an overlay: expected one that starts at its top, such as ./etc/shadow, without ..");
    }

    private static EntryKind ParseKind(string value, SourceLocation where) => value switch
    {
        "file" => EntryKind.File,
        "dir" => EntryKind.Directory,
        "link" => EntryKind.SymbolicLink,
        "char" => EntryKind.CharacterDevice,
        "block" => EntryKind.BlockDevice,
        "fifo" => EntryKind.Fifo,
        _ => throw Malformed(where, $"type={value}: expected file, dir, link, char, block or fifo"),
    };

    private static int ParseMode(string value, SourceLocation where)
    {
        int mode = 0;
        foreach (char digit in value)
        {
            if (digit is < '0' or > '7' || (mode = (mode * 8) + (digit - '0')) > LargestMode)
                throw Malformed(where, $"mode={value}: expected octal digits from 0 to 7777");
        }

        return value.Length > 0 ? mode : throw Malformed(where, "mode= without a number: expected octal digits from 0 to 7777");
    }

    private static uint ParseNumber(string value, string what, SourceLocation where) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : throw Malformed(where, $"{what}={value}: expected a number from 0 to {uint.MaxValue} (names of users differ from machine to machine)");

    private static (uint, uint) ParseDevice(string value, SourceLocation where)
    {
        string[] parts = value.Split(',');
        return parts.Length == 3 && parts[0] is "native" or "linux"
            && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out uint major)
            && uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint minor)
            ? (major, minor)
            : throw Malformed(where, $"device={value}: expected native,MAJOR,MINOR");
    }

    /// <summary>vis(3) with octal escapes, as mtree writes blanks and other bytes: <c>\040</c>.</summary>
    private static string Unescape(string text, SourceLocation where)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var bytes = new List<byte>();
        ReadOnlySpan<byte> source = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] != '\\')
                bytes.Add(source[i]);
            else if (i + 3 < source.Length
                && source[i + 1] is >= (byte)'0' and <= (byte)'3' && source[i + 2] is >= (byte)'0' and <= (byte)'7' && source[i + 3] is >= (byte)'0' and <= (byte)'7')
            {
                bytes.Add((byte)(((source[i + 1] - '0') * 64) + ((source[i + 2] - '0') * 8) + (source[i + 3] - '0')));
                i += 3;
            }
            else
                throw Malformed(where, $"'{text}': a backslash starts three octal digits, as in \\040 for a blank");
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static MegatuxException Malformed(SourceLocation where, string message) =>
        new(ErrorCodes.MtreeMalformed, message + ".", where: where);
}
