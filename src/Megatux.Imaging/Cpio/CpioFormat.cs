namespace Megatux.Imaging;

/// <summary>
/// The "newc" cpio format as Linux reads it from an initramfs.
/// Source: Documentation/driver-api/early-userspace/buffer-format.rst and init/initramfs.c.
/// </summary>
internal static class CpioFormat
{
    // buffer-format: "c_magic" and 13 fields of 8 hexadecimal digits.
    internal const int MagicLength = 6;
    internal const int FieldLength = 8;
    internal const int FieldCount = 13;
    internal const int HeaderLength = MagicLength + (FieldLength * FieldCount);

    /// <summary>Headers, names and data each start at a multiple of this.</summary>
    internal const int Alignment = 4;

    /// <summary>The longest name that the kernel takes, its closing NUL included; longer ones are skipped without a word.</summary>
    internal const int MaxNameLength = 4096;

    /// <summary>The longest link target that the kernel takes, in bytes (PATH_MAX).</summary>
    internal const int MaxLinkLength = 4096;

    internal const long MaxFileLength = uint.MaxValue;

    internal const string TrailerName = "TRAILER!!!";

    // stat(2) file types, the upper bits of c_mode.
    internal const int TypeMask = 0xF000;
    internal const int TypeSocket = 0xC000;
    internal const int TypeLink = 0xA000;
    internal const int TypeFile = 0x8000;
    internal const int TypeBlock = 0x6000;
    internal const int TypeDirectory = 0x4000;
    internal const int TypeCharacter = 0x2000;
    internal const int TypeFifo = 0x1000;

    internal const int PermissionMask = 0xFFF;

    /// <summary>The magic of a record without a checksum.</summary>
    internal static ReadOnlySpan<byte> Magic => "070701"u8;

    /// <summary>The magic of a record with a checksum, which we read but never write.</summary>
    internal static ReadOnlySpan<byte> ChecksumMagic => "070702"u8;

    /// <summary>Bytes from <paramref name="offset"/> to the next multiple of <see cref="Alignment"/>.</summary>
    internal static int Padding(long offset) => (int)(-offset & (Alignment - 1));

    internal static int TypeBits(EntryKind kind) => kind switch
    {
        EntryKind.File => TypeFile,
        EntryKind.Directory => TypeDirectory,
        EntryKind.SymbolicLink => TypeLink,
        EntryKind.CharacterDevice => TypeCharacter,
        EntryKind.BlockDevice => TypeBlock,
        EntryKind.Fifo => TypeFifo,
        EntryKind.Socket => TypeSocket,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal static EntryKind? KindOf(uint mode) => (mode & TypeMask) switch
    {
        TypeFile => EntryKind.File,
        TypeDirectory => EntryKind.Directory,
        TypeLink => EntryKind.SymbolicLink,
        TypeCharacter => EntryKind.CharacterDevice,
        TypeBlock => EntryKind.BlockDevice,
        TypeFifo => EntryKind.Fifo,
        TypeSocket => EntryKind.Socket,
        _ => null,
    };
}
