using System.Buffers.Binary;
using System.Text;

namespace Megatux.Names.Tests;

/// <summary>Writes queries byte by byte.</summary>
internal static class Ask
{
    public const ushort A = 1, Ns = 2, Cname = 5, Soa = 6, Ptr = 12, Txt = 16, Aaaa = 28, Opt = 41, Ds = 43, Ixfr = 251, Axfr = 252, Any = 255;
    public const ushort RecursionDesired = 0x0100, CheckingDisabled = 0x0010;
    public const ushort Id = 0xBEEF;

    /// <summary>A query with one question.</summary>
    public static byte[] For(string name, ushort type, ushort flags = RecursionDesired, ushort @class = 1, byte[]? additional = null)
    {
        var message = new List<byte>();
        foreach (ushort number in (ushort[])[Id, flags, 1, 0, 0, (ushort)(additional is null ? 0 : 1)])
            Number(message, number);
        message.AddRange(Name(name));
        Number(message, type);
        Number(message, @class);
        message.AddRange(additional ?? []);
        return [.. message];
    }

    /// <summary>A name's labels; <c>\.</c> is a dot inside of a label.</summary>
    public static byte[] Name(string name)
    {
        var bytes = new List<byte>();
        foreach (string label in name.TrimEnd('.').Replace("\\.", "\u0001", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.Latin1.GetBytes(label.Replace('\u0001', '.')));
        }

        return [.. bytes, 0];
    }

    /// <summary>An OPT record (RFC 6891).</summary>
    public static byte[] Options(ushort size = 4096, byte version = 0, ushort flags = 0, byte[]? data = null)
    {
        var record = new List<byte> { 0 };
        foreach (ushort number in (ushort[])[Opt, size, version, flags, (ushort)(data?.Length ?? 0)])
            Number(record, number);
        return [.. record, .. data ?? []];
    }

    private static void Number(List<byte> bytes, ushort value)
    {
        byte[] number = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(number, value);
        bytes.AddRange(number);
    }
}
