using System.Formats.Tar;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Turns the members of a tar stream into entries. The headers are read by System.Formats.Tar, which knows pax
/// attributes, GNU's long names and binary numbers and notices a truncated archive; it stops at ids over 2^31-1, and <see cref="TarInput"/> watches over it.
/// </summary>
internal sealed class TarImport
{
    private const int ModeMask = 0xFFF;

    // An initramfs record holds the length in 32 bits, a device number as the kernel's dev_t (12 + 20 bits).
    private const long LongestFile = uint.MaxValue;
    private const int LargestMajor = (1 << 12) - 1, LargestMinor = (1 << 20) - 1;

    private static readonly Content Nothing = new BytesContent(default);

    private readonly ArchiveErrors _errors;
    private readonly ArchiveLimits _limits;
    private readonly TarInput _input;
    private readonly Spool _spool;
    private readonly EntryTree _tree;

    private TarImport(TarInput input, Spool spool, ArchiveErrors errors, ArchiveLimits limits)
    {
        (_input, _spool, _errors, _limits) = (input, spool, errors, limits);
        _tree = new EntryTree(errors, limits);
    }

    /// <summary>Reads a tar stream to its end.</summary>
    public static List<ImageEntry> Read(TarInput input, Spool spool, ArchiveErrors errors, ArchiveLimits limits)
    {
        var import = new TarImport(input, spool, errors, limits);
        string? member = null;
        try
        {
            import.ReadMembers(ref member);
            input.Drain();
        }
        catch (Exception damage) when (ArchiveErrors.IsDamage(damage))
        {
            throw errors.Damaged(member, damage);
        }

        return import._tree.ToEntries();
    }

    private void ReadMembers(ref string? member)
    {
        using var reader = new TarReader(_input, leaveOpen: true);
        for (int count = 0; ; count++)
        {
            _input.ExpectHeader();
            if (reader.GetNextEntry() is not { } header)
                break;
            if (count >= _limits.MaxEntries)
                throw _tree.TooManyEntries();

            _input.ExpectContents();
            member = _input.WholeName(header);
            Import(header, member);
        }

        if (!_input.SawEnd)
            throw new EndOfStreamException("the archive's closing blocks are missing");
    }

    private void Import(TarEntry header, string member)
    {
        // git archive puts the commit in one; what it could set (owners, times) no base archive sets so.
        if (header.EntryType == TarEntryType.GlobalExtendedAttributes)
            return;

        EntryKind kind = KindOf(header, member);
        string name = MemberName.Normalize(member, "name", member, _errors);
        if (name.Length == 0)
        {
            if (kind != EntryKind.Directory)
                throw _errors.Member(ErrorCodes.ArchiveNameInvalid, member, "only a folder can be the image's root.");
            return;
        }

        string path = _tree.Locate(name, member);
        if (header.EntryType == TarEntryType.HardLink)
            Link(path, header.LinkName, member);
        else
            _tree.Put(path, MakeNode(header, kind, path, member), member);
    }

    private EntryTree.Node MakeNode(TarEntry header, EntryKind kind, string path, string member)
    {
        if (header.Uid < 0 || header.Gid < 0)
            throw _errors.Member(ErrorCodes.ArchiveMemberUnsupported, member, $"its owner is {header.Uid}:{header.Gid}; 0 to {int.MaxValue} is expected.");

        (uint major, uint minor) = kind is EntryKind.CharacterDevice or EntryKind.BlockDevice ? Device(header, member) : default;
        if (kind == EntryKind.SymbolicLink)
            MemberName.CheckTarget(path.LastIndexOf('/') is >= 0 and int slash ? path[..slash] : "", header.LinkName, member, _errors);

        return new EntryTree.Node
        {
            Kind = kind,
            Mode = (int)header.Mode & ModeMask,
            Uid = (uint)header.Uid,
            Gid = (uint)header.Gid,
            LinkTarget = kind == EntryKind.SymbolicLink ? header.LinkName : null,
            DeviceMajor = major,
            DeviceMinor = minor,
            Content = kind == EntryKind.File ? Contents(header, member) : null,
        };
    }

    private Content Contents(TarEntry header, string member)
    {
        long length = header.Length;
        if (length > LongestFile)
            throw _errors.Member(ErrorCodes.ArchiveTooLarge, member, $"it has {length} bytes; an image's file has at most {LongestFile}.");
        if (length > _input.Left)
            throw _input.TooLarge();
        return length == 0 || header.DataStream is null ? Nothing : _spool.Append(header.DataStream, length);
    }

    private void Link(string path, string target, string member)
    {
        string name = MemberName.Normalize(target, "hard link's target", member, _errors);
        string? at = name.Length == 0 ? null : _tree.LocateExisting(name, member);
        EntryTree.Node? node = at is null ? null : _tree.Find(at);
        if (node is not { Kind: EntryKind.File })
        {
            throw _errors.Member(ErrorCodes.ArchiveHardLinkDangling, member,
                $"it is a hard link to \"{ArchiveErrors.Show(target)}\", which is {(node is null ? "not in the archive before it" : "not a file")}.");
        }

        if (at != path)
            _tree.Put(path, node, member);
    }

    private (uint Major, uint Minor) Device(TarEntry header, string member)
    {
        var device = (PosixTarEntry)header;
        return device is { DeviceMajor: >= 0 and <= LargestMajor, DeviceMinor: >= 0 and <= LargestMinor }
            ? ((uint)device.DeviceMajor, (uint)device.DeviceMinor)
            : throw _errors.Member(ErrorCodes.ArchiveMemberUnsupported, member,
                $"its device number is {device.DeviceMajor}:{device.DeviceMinor}; Linux has majors to {LargestMajor} and minors to {LargestMinor}.");
    }

    private EntryKind KindOf(TarEntry header, string member)
    {
        if (header is PaxTarEntry pax && IsSparse(pax))
        {
            throw _errors.Member(ErrorCodes.ArchiveMemberUnsupported, member,
                "it is a sparse file. Pack the archive again without --sparse (bsdtar: with --no-read-sparse).");
        }

        return header.EntryType switch
        {
            // Unix V7 had no type for folders: a name that ends in '/' was one.
            TarEntryType.V7RegularFile when member.EndsWith('/') && header.Length == 0 => EntryKind.Directory,
            TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.HardLink => EntryKind.File,
            TarEntryType.Directory => EntryKind.Directory,
            TarEntryType.SymbolicLink => EntryKind.SymbolicLink,
            TarEntryType.CharacterDevice when header is PosixTarEntry => EntryKind.CharacterDevice,
            TarEntryType.BlockDevice when header is PosixTarEntry => EntryKind.BlockDevice,
            TarEntryType.Fifo => EntryKind.Fifo,
            _ => throw _errors.Member(ErrorCodes.ArchiveMemberUnsupported, member,
                $"it is of the type {header.EntryType}, which an image cannot hold. Pack the archive again as a plain one."),
        };
    }

    private static bool IsSparse(PaxTarEntry pax)
    {
        foreach (string key in pax.ExtendedAttributes.Keys)
        {
            if (key.StartsWith("GNU.sparse.", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
