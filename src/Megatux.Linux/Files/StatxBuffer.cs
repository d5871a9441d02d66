using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>
/// The kernel's <c>struct statx</c> (include/uapi/linux/stat.h), which is the same on every architecture, unlike
/// <c>struct stat</c>. Only what we read is named.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct StatxBuffer
{
    private const int Length = 256;

    [FieldOffset(16)] internal uint Nlink;
    [FieldOffset(20)] internal uint Uid;
    [FieldOffset(24)] internal uint Gid;
    [FieldOffset(28)] internal ushort Mode;
    [FieldOffset(32)] internal ulong Inode;
    [FieldOffset(40)] internal ulong Size;
    [FieldOffset(96)] internal long CtimeSeconds;
    [FieldOffset(104)] internal uint CtimeNanoseconds;
    [FieldOffset(112)] internal long MtimeSeconds;
    [FieldOffset(120)] internal uint MtimeNanoseconds;
    [FieldOffset(128)] internal uint RdevMajor;
    [FieldOffset(132)] internal uint RdevMinor;
    [FieldOffset(136)] internal uint DevMajor;
    [FieldOffset(140)] internal uint DevMinor;
}
