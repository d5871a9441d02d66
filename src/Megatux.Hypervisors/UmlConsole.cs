using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Megatux.Hypervisors;

/// <summary>
/// The management console of a User Mode Linux (mconsole): a socket of datagrams that the kernel makes in its folder. What
/// comes from there may be anything, for a guest may have taken its kernel over.
/// </summary>
internal sealed class UmlConsole(string folder)
{
    // arch/um/drivers/mconsole.h: struct mconsole_request and mconsole_reply, in the machine's byte order.
    private const uint Magic = 0xCAFEBABE, Version = 2;
    private const int HeaderLength = 12, LongestText = 512, VersionAt = 4, LengthAt = 8, MoreAt = 4;

    /// <summary>The most answers to one request: /proc/meminfo takes some fifty.</summary>
    private const int MostAnswers = 256;

    /// <summary>Where the kernel makes its socket, beneath uml_dir and umid.</summary>
    private const string SocketPath = "uml/mconsole";

    /// <summary>What a guest keeps free, in KiB, so that nothing of it has to end while the rest is away.</summary>
    private const long KeptKibibytes = 1024;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Has the kernel give memory that is free in the guest, and was not always, back to this machine: it unplugs what is free
    /// and plugs it in again. What cannot be done is left.
    /// </summary>
    internal void GiveBackFreed(int memoryMiB)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.ReceiveTimeout = socket.SendTimeout = (int)AnswerLimit.TotalMilliseconds;

            // A name that answers can be sent to, and that no file system has.
            socket.Bind(new UnixDomainSocketEndPoint($"\0{Guid.NewGuid():N}"));
            socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(folder, SocketPath)));
            long free = FreeKibibytes(Ask(socket, "proc meminfo")) - KeptKibibytes;
            if (free <= 0 || free > memoryMiB * 1024L)
                return;
            Ask(socket, string.Create(CultureInfo.InvariantCulture, $"config mem=-{free}K"));
            Ask(socket, string.Create(CultureInfo.InvariantCulture, $"config mem=+{free}K"));
        }
        catch (SocketException)
        {
            // It has ended, or is too busy: its memory stays its own.
        }
    }

    private static string Ask(Socket socket, string command)
    {
        byte[] buffer = new byte[HeaderLength + LongestText];
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(LengthAt), command.Length);
        Encoding.ASCII.GetBytes(command, buffer.AsSpan(HeaderLength));
        socket.Send(buffer);
        var answer = new StringBuilder();
        for (int answers = 0; answers < MostAnswers; answers++)
        {
            int length = socket.Receive(buffer);
            if (length < HeaderLength)
                break;
            answer.Append(Encoding.ASCII.GetString(buffer.AsSpan(HeaderLength, length - HeaderLength)).TrimEnd('\0'));
            if (BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(MoreAt)) == 0)
                break;
        }

        return answer.ToString();
    }

    // proc_meminfo(5): "MemFree:           15632 kB".
    private static long FreeKibibytes(string facts)
    {
        const string name = "MemFree:";
        int at = facts.IndexOf(name, StringComparison.Ordinal);
        string[] words = at < 0 ? [] : facts[(at + name.Length)..].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long amount) ? amount : 0;
    }
}
