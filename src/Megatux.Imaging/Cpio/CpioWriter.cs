using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Writes one archive: entries in the order given, one trailer. The bytes depend on the entries alone: inode numbers count
/// from 1, the modification time is one for all, device numbers are 0.
/// </summary>
internal sealed class CpioWriter(RecordSink sink, uint modifiedAt)
{
    private const int CopyLength = 1 << 18;
    private readonly byte[] _copy = new byte[CopyLength];
    private readonly byte[] _record = new byte[CpioFormat.HeaderLength + CpioFormat.MaxNameLength + CpioFormat.Alignment];
    private readonly Dictionary<string, uint> _inodes = new(StringComparer.Ordinal);
    private uint _lastInode;
    private long _offset;

    /// <summary>Writes one entry. <paramref name="links"/> is the number of names of its file within this archive.</summary>
    internal void Write(ImageEntry entry, int links, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ReadOnlySpan<byte> link = entry.Kind == EntryKind.SymbolicLink ? Encoding.UTF8.GetBytes(entry.LinkTarget!) : default;
        if (link.Length >= CpioFormat.MaxLinkLength)
            throw new MegatuxException(ErrorCodes.LinkTooLong,
                $"The target of the link {entry.Path} has {link.Length} bytes; the kernel takes at most {CpioFormat.MaxLinkLength - 1}. It comes from {entry.Origin}.");
        long length = link.Length + (entry.Content?.Length ?? 0);
        if (length > CpioFormat.MaxFileLength)
            throw new MegatuxException(ErrorCodes.FileTooLarge,
                $"{entry.Path} has {length} bytes; a record of an initramfs holds at most {CpioFormat.MaxFileLength}. It comes from {entry.Origin}.");

        if (entry.Afresh)
            WritePlaceholder(entry.Path);
        var header = new CpioHeader
        {
            Inode = InodeOf(entry, links),
            Mode = (uint)(CpioFormat.TypeBits(entry.Kind) | (entry.Mode & CpioFormat.PermissionMask)),
            Uid = entry.Uid,
            Gid = entry.Gid,
            Links = entry.Kind == EntryKind.Directory ? 2u : (uint)links,
            ModifiedAt = modifiedAt,
            Length = (uint)length,
            NodeMajor = entry.DeviceMajor,
            NodeMinor = entry.DeviceMinor,
        };
        WriteHeader(header, entry.Path);
        if (!link.IsEmpty)
            Append(link);
        else if (entry.Content is { } content)
            AppendContent(content, entry);
        Pad();
        sink.EndRecord();
    }

    /// <summary>Ends the archive. The kernel forgets its table of hard links here, so that members do not mix theirs.</summary>
    internal void WriteTrailer()
    {
        WriteHeader(new CpioHeader { Links = 1 }, CpioFormat.TrailerName);
        Pad();
        sink.EndRecord();
    }

    /// <summary>
    /// A link that the next record, of the same name, replaces. init/initramfs.c, clean_path: what is there is removed only
    /// if it is of another type, so that a link in between makes way for a file in place of a file.
    /// </summary>
    private void WritePlaceholder(string path)
    {
        ReadOnlySpan<byte> target = "."u8;
        var header = new CpioHeader
        {
            Inode = ++_lastInode,
            Mode = CpioFormat.TypeLink | Modes.Link,
            Links = 1,
            ModifiedAt = modifiedAt,
            Length = (uint)target.Length,
        };
        WriteHeader(header, path);
        Append(target);
        Pad();
        sink.EndRecord();
    }

    private uint InodeOf(ImageEntry entry, int links)
    {
        if (links < 2)
            return ++_lastInode;
        string first = entry.HardLinkTo ?? entry.Path;
        if (!_inodes.TryGetValue(first, out uint inode))
            _inodes.Add(first, inode = ++_lastInode);
        return inode;
    }

    private void WriteHeader(CpioHeader header, string name)
    {
        int nameLength = Encoding.UTF8.GetByteCount(name) + 1;
        if (nameLength > CpioFormat.MaxNameLength)
            throw new MegatuxException(ErrorCodes.NameTooLong,
                $"A name has {nameLength - 1} bytes; the kernel takes at most {CpioFormat.MaxNameLength - 1} and drops longer ones without a word: {name[..64]}...");
        header.NameLength = (uint)nameLength;
        header.Write(_record);
        Encoding.UTF8.GetBytes(name, _record.AsSpan(CpioFormat.HeaderLength));
        int length = CpioFormat.HeaderLength + nameLength;
        _record[length - 1] = 0;
        Append(_record.AsSpan(0, length));
        Pad();
    }

    private void AppendContent(Content content, ImageEntry entry)
    {
        long left = content.Length;
        using Stream stream = Reading(content.Open, entry);
        while (left > 0)
        {
            int read = Reading(() => stream.Read(_copy, 0, (int)Math.Min(left, _copy.Length)), entry);
            if (read == 0)
                break;
            Append(_copy.AsSpan(0, read));
            left -= read;
        }

        if (left > 0 || Reading(stream.ReadByte, entry) >= 0)
            throw new MegatuxException(ErrorCodes.FileChanged,
                $"{entry.Origin} changed its size while it was being packed as {entry.Path}: build again when nothing writes to it.");
    }

    /// <summary>Reads an input: if that fails, it is not the output's fault, which else all failures are taken for.</summary>
    private static T Reading<T>(Func<T> read, ImageEntry entry)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.InputUnreadable, $"{entry.Origin}, to be packed as {entry.Path}, cannot be read: {failure.Message}", inner: failure);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        sink.Write(bytes);
        _offset += bytes.Length;
    }

    private void Pad()
    {
        ReadOnlySpan<byte> zeros = [0, 0, 0];
        Append(zeros[..CpioFormat.Padding(_offset)]);
    }
}
