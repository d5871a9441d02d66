using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Megatux.Hypervisors;

/// <summary>
/// What goes over the management console of a User Mode Linux: arch/um/drivers/mconsole.h, struct mconsole_request and
/// mconsole_reply, in the machine's byte order. What comes from there may be anything.
/// </summary>
internal static class UmlConsoleFormat
{
    /// <summary>Length of every request, and of the longest answer, in bytes.</summary>
    internal const int MessageLength = HeaderLength + LongestText;

    private const uint Magic = 0xCAFEBABE, Version = 2;
    private const int HeaderLength = 12, LongestText = 512, VersionAt = 4, LengthAt = 8, MoreAt = 4;

    /// <summary>Makes a request.</summary>
    /// <param name="command">ASCII, at most 512 characters.</param>
    internal static byte[] Request(string command)
    {
        byte[] request = new byte[MessageLength];
        BinaryPrimitives.WriteUInt32LittleEndian(request, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(LengthAt), command.Length);
        Encoding.ASCII.GetBytes(command, request.AsSpan(HeaderLength));
        return request;
    }

    /// <summary>Takes the text of one answer.</summary>
    /// <returns>True when it says that more follow.</returns>
    internal static bool Take(ReadOnlySpan<byte> answer, StringBuilder text)
    {
        if (answer.Length < HeaderLength)
            return false;
        text.Append(Encoding.ASCII.GetString(answer[HeaderLength..].TrimEnd((byte)0)));
        return BinaryPrimitives.ReadInt32LittleEndian(answer[MoreAt..]) != 0;
    }

    /// <summary>Whether an answer says that the request was not done: its first number is not 0.</summary>
    internal static bool IsRefusal(ReadOnlySpan<byte> answer) => answer.Length < HeaderLength || BinaryPrimitives.ReadInt32LittleEndian(answer) != 0;

    /// <summary>KiB that are free, from 0, of a text in the form of proc_meminfo(5): "MemFree:           15632 kB". 0 if it does not say.</summary>
    internal static long FreeKibibytes(string facts)
    {
        const string name = "MemFree:";
        int at = facts.IndexOf(name, StringComparison.Ordinal);
        string[] words = at < 0 ? [] : facts[(at + name.Length)..].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long amount) ? amount : 0;
    }
}
