using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Megatux.Imaging.Tests;

/// <summary>Writes tar archives byte by byte, as no honest program would.</summary>
internal sealed class TarForge
{
    private const int BlockLength = 512;
    private readonly List<byte> _archive = [];

    public TarForge Add(string name, char type = '0', string content = "", string link = "", int mode = 0b110_100_100,
        long? size = null, string uid = "0000000", string magic = "ustar\000", int major = 0, int minor = 0)
    {
        byte[] header = new byte[BlockLength];
        byte[] data = Encoding.UTF8.GetBytes(content);
        Put(header, 0, name);
        Put(header, 100, Octal(mode, 7));
        Put(header, 108, uid);
        Put(header, 116, "0000000");
        long length = size ?? data.Length;
        if (length < 1L << 33)
        {
            Put(header, 124, Octal(length, 11));
        }
        else
        {
            header[124] = 0x80;
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), length);
        }

        Put(header, 136, Octal(0, 11));
        header[156] = (byte)type;
        Put(header, 157, link);
        Put(header, 257, magic);
        Put(header, 329, Octal(major, 7));
        Put(header, 337, Octal(minor, 7));
        Put(header, 148, "        ");
        Put(header, 148, Octal(header.Sum(b => b), 6) + "\0 ");
        _archive.AddRange(header);
        _archive.AddRange(data);
        _archive.AddRange(new byte[(BlockLength - (data.Length % BlockLength)) % BlockLength]);
        return this;
    }

    /// <summary>A pax header for the member that follows.</summary>
    public TarForge Pax(params (string Key, string Value)[] records)
    {
        var text = new StringBuilder();
        foreach ((string key, string value) in records)
        {
            int rest = Encoding.UTF8.GetByteCount($" {key}={value}\n");
            int length = rest + 1;
            while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
                length = rest + length.ToString(CultureInfo.InvariantCulture).Length;
            text.Append(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
        }

        return Add("pax", 'x', text.ToString());
    }

    public TarForge Raw(byte[] bytes)
    {
        _archive.AddRange(bytes);
        return this;
    }

    /// <summary>The archive without its closing blocks.</summary>
    public byte[] Open() => [.. _archive];


    /// <summary>The archive as it should be.</summary>
    public byte[] End() => [.. _archive, .. new byte[2 * BlockLength]];

    public static byte[] Gzip(byte[] data)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(data);
        return packed.ToArray();
    }

    private static string Octal(long value, int digits) => Convert.ToString(value, 8).PadLeft(digits, '0');

    private static void Put(byte[] header, int offset, string text)
    {
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            header[offset++] = b;
    }
}
