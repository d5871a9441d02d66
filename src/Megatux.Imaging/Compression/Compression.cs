using System.Globalization;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>How members are compressed.</summary>
public enum CompressionKind
{
    /// <summary>gzip, which every kernel reads.</summary>
    Gzip,

    /// <summary>zstd, for kernels that have it (CONFIG_RD_ZSTD).</summary>
    Zstd,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>A compressor and its level: part of the identity of every member that it packs.</summary>
/// <param name="Kind">The format.</param>
/// <param name="Level">gzip: 1 to 9; zstd: 1 to 19; none: 0.</param>
public readonly record struct Compression(CompressionKind Kind, int Level)
{
    private const int DefaultGzipLevel = 6;
    private const int MaxGzipLevel = 9;
    private const int DefaultZstdLevel = 9;

    // Levels above 19 need windows larger than the 8 MiB that the kernel's decoder accepts.
    private const int MaxZstdLevel = 19;

    /// <summary>gzip at its usual level.</summary>
    public static Compression Default => new(CompressionKind.Gzip, DefaultGzipLevel);

    /// <summary>No compression: for what is compressed already.</summary>
    public static Compression None => new(CompressionKind.None, 0);

    /// <summary>Ending of the names of members packed so, with its dot.</summary>
    public string Extension => Kind switch
    {
        CompressionKind.Gzip => ".cpio.gz",
        CompressionKind.Zstd => ".cpio.zst",
        _ => ".cpio",
    };

    /// <summary>
    /// Names the format, level and the version of the library that does the work: other bytes may come out of another
    /// version, so members packed by one are not taken for those of another.
    /// </summary>
    internal string Identity => Kind switch
    {
        CompressionKind.Gzip => string.Create(CultureInfo.InvariantCulture, $"gzip -{Level} zlib of .NET {Environment.Version}"),
        CompressionKind.Zstd => string.Create(CultureInfo.InvariantCulture, $"zstd -{Level} ZstdSharp {typeof(ZstdSharp.Compressor).Assembly.GetName().Version}"),
        _ => "none",
    };

    /// <summary>Reads the properties Compression and CompressionLevel; empty text means the default.</summary>
    /// <exception cref="MegatuxException">An unknown format, or a level out of its range.</exception>
    public static Compression Parse(string? kind, string? level)
    {
        (CompressionKind parsed, int standard, int most) = (kind ?? "").Trim().ToLowerInvariant() switch
        {
            "" or "gzip" => (CompressionKind.Gzip, DefaultGzipLevel, MaxGzipLevel),
            "zstd" => (CompressionKind.Zstd, DefaultZstdLevel, MaxZstdLevel),
            "none" => (CompressionKind.None, 0, 0),
            _ => throw new MegatuxException(ErrorCodes.CompressionUnknown,
                $"'{kind}' is no compression: expected gzip, zstd or none.", subject: "Compression"),
        };
        if (string.IsNullOrWhiteSpace(level))
            return new Compression(parsed, standard);
        if (parsed == CompressionKind.None)
            throw new MegatuxException(ErrorCodes.CompressionLevelOutOfRange,
                $"Compression none has no level, and CompressionLevel is {level}: leave it out.", subject: "CompressionLevel");
        if (!int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1 || number > most)
            throw new MegatuxException(ErrorCodes.CompressionLevelOutOfRange,
                $"CompressionLevel is '{level}': expected a number from 1 to {most} for {parsed.ToString().ToLowerInvariant()}.", subject: "CompressionLevel");
        return new Compression(parsed, number);
    }

    internal RecordSink CreateSink(Stream output) => Kind switch
    {
        CompressionKind.Gzip => new GzipSink(output, Level),
        CompressionKind.Zstd => new ZstdSink(output, Level),
        _ => new PlainSink(output),
    };
}
