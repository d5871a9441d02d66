using Megatux.Model;

namespace Megatux.Imaging;

public sealed partial class ElfFile
{
    private static ReadOnlySpan<byte> Magic => "\u007fELF"u8;

    /// <summary>Reads a file on disk; null if it is not a regular file or does not begin as an ELF file.</summary>
    /// <exception cref="MegatuxException">It begins as an ELF file and is malformed, or it cannot be read.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ElfFile? TryRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if ((File.GetAttributes(path) & FileAttributes.Directory) != 0)
                return null;

            // Devices and pipes have no length; opening one could block, and reading never end.
            FileSystemInfo file = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(path);
            if (file is not FileInfo { Length: > 0 })
                return null;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1024);
            return Read(stream, path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new MegatuxException(ErrorCodes.ProgramUnreadable,
                $"{path} cannot be read: {e.Message}. Correct its permissions or run as a user who may read it.", inner: e);
        }
    }

    /// <summary>Reads from a stream that can seek; null if it does not begin as an ELF file.</summary>
    /// <param name="stream">The file, from its first byte; its position is left anywhere.</param>
    /// <param name="origin">Name of the file for messages.</param>
    /// <exception cref="MegatuxException">It begins as an ELF file and is malformed; the message says what and at which offset.</exception>
    public static ElfFile? Read(Stream stream, string origin = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be able to seek.", nameof(stream));
        stream.Position = 0;
        Span<byte> magic = stackalloc byte[4];
        if (stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(Magic))
            return null;

        var reader = new ElfReader(stream, origin);
        Span<byte> header = stackalloc byte[ElfLayout.HeaderLength64];
        ElfFile file = ReadHeader(reader, ref header);
        (ulong dynamicOffset, ulong dynamicLength) = ReadSegments(reader, file, header);
        if (dynamicLength > 0)
            ReadDynamic(reader, file, dynamicOffset, dynamicLength);
        return file;
    }

    private static ElfFile ReadHeader(ElfReader reader, ref Span<byte> header)
    {
        reader.Read(0, header[..ElfLayout.IdentLength], "the identification");
        if (header[ElfLayout.ClassOffset] is not ((byte)ElfClass.Bits32 or (byte)ElfClass.Bits64))
            throw reader.Malformed(ElfLayout.ClassOffset, $"the class is {header[ElfLayout.ClassOffset]}, neither 1 (32-bit) nor 2 (64-bit)");
        if (header[ElfLayout.DataOffset] is not (ElfLayout.DataLittleEndian or ElfLayout.DataBigEndian))
            throw reader.Malformed(ElfLayout.DataOffset, $"the byte order is {header[ElfLayout.DataOffset]}, neither 1 (little-endian) nor 2 (big-endian)");
        if (header[ElfLayout.IdentVersionOffset] != ElfLayout.CurrentVersion)
            throw reader.Malformed(ElfLayout.IdentVersionOffset, $"the version is {header[ElfLayout.IdentVersionOffset]}, not 1");

        var width = (ElfClass)header[ElfLayout.ClassOffset];
        reader.Wide = width == ElfClass.Bits64;
        reader.LittleEndian = header[ElfLayout.DataOffset] == ElfLayout.DataLittleEndian;
        header = header[..(reader.Wide ? ElfLayout.HeaderLength64 : ElfLayout.HeaderLength32)];
        reader.Read(0, header, "the header");
        ElfKind kind = reader.U16(header[ElfLayout.TypeOffset..]) switch
        {
            1 => ElfKind.Relocatable,
            2 => ElfKind.Executable,
            3 => ElfKind.Shared,
            _ => ElfKind.Other,
        };
        return new ElfFile(new ElfTarget(reader.U16(header[ElfLayout.MachineOffset..]), width, reader.LittleEndian), kind);
    }

    private static (ulong Offset, ulong Length) ReadSegments(ElfReader reader, ElfFile file, ReadOnlySpan<byte> header)
    {
        bool wide = reader.Wide;
        int count = reader.U16(header[(wide ? ElfLayout.ProgramCount64 : ElfLayout.ProgramCount32)..]);
        if (count == 0)
            return default;
        int size = wide ? ElfLayout.ProgramHeaderLength64 : ElfLayout.ProgramHeaderLength32;
        int sizeOffset = wide ? ElfLayout.ProgramEntrySize64 : ElfLayout.ProgramEntrySize32;
        if (reader.U16(header[sizeOffset..]) != size)
            throw reader.Malformed((ulong)sizeOffset, $"a program header has {reader.U16(header[sizeOffset..])} bytes, not {size}");
        if (count > ElfLayout.MostProgramHeaders)
            throw reader.Malformed((ulong)sizeOffset, $"{count} program headers, more than the {ElfLayout.MostProgramHeaders} that are accepted");

        ulong at = reader.Address(header[(wide ? ElfLayout.ProgramOffset64 : ElfLayout.ProgramOffset32)..]);
        var table = new byte[count * size];
        reader.Read(at, table, "the program header table");
        (ulong Offset, ulong Length) dynamic = default;
        (ulong Offset, ulong Length) interpreter = default;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = table.AsSpan(i * size, size);
            int field = wide ? 8 : 4;
            ulong offset = reader.Address(entry[field..]);
            ulong address = reader.Address(entry[(2 * field)..]);
            ulong length = reader.Address(entry[(4 * field)..]);
            switch (reader.U32(entry))
            {
                case ElfLayout.SegmentLoad:
                    if (offset + length < offset || address + length < address)
                        throw reader.Malformed(at + (ulong)(i * size), $"program header {i} wraps around the address space");
                    reader.AddSegment(address, offset, length);
                    break;
                case ElfLayout.SegmentDynamic:
                    dynamic = (offset, length);
                    break;
                case ElfLayout.SegmentInterpreter:
                    interpreter = (offset, length);
                    break;
            }
        }

        if (interpreter.Length > 0)
            file.Interpreter = reader.Text(interpreter.Offset, interpreter.Length, "the interpreter's path");
        return dynamic;
    }
}
