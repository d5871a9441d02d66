using System.Buffers.Binary;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Reads a kernel's version out of its file.</summary>
internal static class KernelVersion
{
    // Documentation/arch/x86/boot.rst, "The Real-Mode Kernel Header"
    private const int BootFlagOffset = 0x1fe;
    private const ushort BootFlag = 0xaa55;
    private const int HeaderOffset = 0x202;
    private const int ProtocolOffset = 0x206;
    private const ushort FirstProtocolWithVersion = 0x200;
    private const int VersionPointerOffset = 0x20e;
    private const int VersionBase = 0x200;
    private const int SetupLength = 0x210;

    // Documentation/arch/arm64/booting.rst
    private const int Arm64MagicOffset = 56;

    private const int LongestVersion = 128;
    private const int Piece = 1 << 16;

    /// <summary>Uncompressed kernels with all drivers stay below it.</summary>
    private const long MostSearched = 256 << 20;

    private static ReadOnlySpan<byte> HeaderMagic => "HdrS"u8;

    private static ReadOnlySpan<byte> Arm64Magic => "ARM\u0064"u8;

    private static ReadOnlySpan<byte> ElfMagic => "\u007fELF"u8;

    /// <summary>What begins the kernel's own line about itself (linux_banner).</summary>
    private static ReadOnlySpan<byte> Banner => "Linux version "u8;

    /// <summary>From a bzImage's header, or from the banner in an uncompressed kernel (UML, vmlinux, arm64 Image).</summary>
    public static string Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> head = stackalloc byte[SetupLength];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            string? version = null;
            if (IsBzImage(head))
                version = FromHeader(file, head);
            else if (head.StartsWith(ElfMagic) || (head.Length > Arm64MagicOffset + 4 && head.Slice(Arm64MagicOffset, 4).SequenceEqual(Arm64Magic)))
                version = FromBanner(file);
            return version ?? throw new MegatuxException(ErrorCodes.KernelUnreadable,
                $"{path} is no kernel whose version can be read: expected a bzImage, a user-mode kernel or an uncompressed kernel. Give another file.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new MegatuxException(ErrorCodes.KernelUnreadable, $"{path} cannot be read: {e.Message} Correct its permissions.", inner: e);
        }
    }

    private static bool IsBzImage(ReadOnlySpan<byte> head) =>
        head.Length == SetupLength
        && BinaryPrimitives.ReadUInt16LittleEndian(head[BootFlagOffset..]) == BootFlag
        && head[HeaderOffset..].StartsWith(HeaderMagic)
        && BinaryPrimitives.ReadUInt16LittleEndian(head[ProtocolOffset..]) >= FirstProtocolWithVersion;

    private static string? FromHeader(FileStream file, ReadOnlySpan<byte> head)
    {
        int pointer = BinaryPrimitives.ReadUInt16LittleEndian(head[VersionPointerOffset..]);
        if (pointer == 0)
            return null;
        file.Position = VersionBase + pointer;
        Span<byte> text = stackalloc byte[LongestVersion];
        return Word(text[..file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)]);
    }

    private static string? FromBanner(FileStream file)
    {
        file.Position = 0;
        var buffer = new byte[Piece];
        int kept = 0;
        for (long searched = 0; searched < MostSearched; searched += Piece)
        {
            int read = file.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            ReadOnlySpan<byte> have = buffer.AsSpan(0, kept + read);
            for (int at = have.IndexOf(Banner); at >= 0;)
            {
                // The format string of the same line ("Linux version %s") may come first.
                if (Word(have[(at + Banner.Length)..]) is { } version)
                    return version;
                int next = have[(at + 1)..].IndexOf(Banner);
                at = next < 0 ? -1 : at + 1 + next;
            }

            if (kept + read < buffer.Length)
                return null;

            // A banner may begin in this piece and end in the next.
            kept = Banner.Length + LongestVersion;
            have[^kept..].CopyTo(buffer);
        }

        return null;
    }

    /// <summary>The text up to a space or NUL, if it begins as a version does and becomes a folder's name safely.</summary>
    private static string? Word(ReadOnlySpan<byte> text)
    {
        int end = text[..Math.Min(text.Length, LongestVersion)].IndexOfAny((byte)' ', (byte)0, (byte)'\n');
        if (end <= 0 || !char.IsAsciiDigit((char)text[0]))
            return null;
        foreach (byte b in text[..end])
            if (b is <= 0x20 or >= 0x7f or (byte)'/')
                return null;
        return Encoding.ASCII.GetString(text[..end]);
    }
}
