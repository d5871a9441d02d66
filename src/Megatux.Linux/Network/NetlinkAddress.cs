using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>struct sockaddr_nl of include/uapi/linux/netlink.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetlinkAddress
{
    internal const int Length = 12;

    internal ushort Family;
    internal ushort Padding;

    /// <summary>Who sent it: 0 is the kernel.</summary>
    internal uint Port;

    internal uint Groups;
}
