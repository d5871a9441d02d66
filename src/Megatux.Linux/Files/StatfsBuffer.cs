using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>struct statfs of include/uapi/asm-generic/statfs.h, as 64-bit machines have it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct StatfsBuffer
{
    [FieldOffset(0)]
    internal long Type;

    [FieldOffset(8)]
    internal long BlockSize;

    [FieldOffset(32)]
    internal ulong BlocksAvailable;

    [FieldOffset(80)]
    internal long Flags;
}
