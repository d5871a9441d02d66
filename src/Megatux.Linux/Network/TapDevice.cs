using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>
/// Tap devices: Ethernet devices whose other end is a descriptor. They are in the network namespace of the calling thread,
/// pass frames with a virtio header in front (as UML's vector driver with transport=tap and QEMU's tap want them) and have
/// one queue.
/// </summary>
public static class TapDevice
{
    /// <summary>The device by which all taps are made.</summary>
    public const string ControlFile = "/dev/net/tun";

    // include/uapi/linux/if_tun.h: _IOW('T', 202, int), _IOW('T', 203, int) and _IOW('T', 204, int), and flags.
    private const int AttachRequest = 0x400454CA, PersistRequest = 0x400454CB, OwnerRequest = 0x400454CC;
    private const ushort Tap = 0x0002, NoPacketInformation = 0x1000, VirtioHeader = 0x4000;

    // include/uapi/linux/if.h: struct ifreq, a name and a union that starts with the flags.
    private const int RequestLength = 40, FlagsAt = LinkName.Size;

    /// <summary>
    /// Makes a tap that stays until it is deleted. One that is there is kept. Letting go of it afterwards waits for the rest of
    /// the kernel (synchronize_net): 0.2 ms on an idle machine, some milliseconds on a busy one.
    /// </summary>
    /// <param name="name">Its name: 1 to 15 bytes.</param>
    /// <param name="owner">The number of the only user besides root of the network who may attach to it; null for no such limit.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The namespace's network is not ours to change.</exception>
    /// <exception cref="IOException">There is no /dev/net/tun, the tap is attached already, or the name is another device's.</exception>
    public static void CreatePersistent(string name, int? owner = null)
    {
        using SafeFileHandle tap = Open(name);
        if (owner is { } user && NativeNetwork.Control(tap, OwnerRequest, user) != 0)
            throw NativeNetwork.Failure($"give tap {name} to user {user}");
        if (NativeNetwork.Control(tap, PersistRequest, 1) != 0)
            throw NativeNetwork.Failure($"keep tap {name}");
    }

    /// <summary>
    /// Attaches to a tap, which is made if it is not there, and then vanishes with the descriptor. The descriptor is closed
    /// on exec: whoever hands it to a program says so.
    /// </summary>
    /// <param name="name">Its name: 1 to 15 bytes.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The namespace's network is not ours to change.</exception>
    /// <exception cref="IOException">There is no /dev/net/tun, the tap is attached already, or the name is another device's.</exception>
    public static unsafe SafeFileHandle Open(string name)
    {
        LinkName.Validate(name, nameof(name));
        SafeFileHandle file = NativeNetwork.Open(ControlFile, NativeNetwork.ReadWrite | NativeNetwork.CloseOnExec);
        if (file.IsInvalid)
            throw NativeNetwork.Failure(ControlFile);
        byte* request = stackalloc byte[RequestLength];
        var bytes = new Span<byte>(request, RequestLength);
        bytes.Clear();
        Encoding.UTF8.GetBytes(name, bytes[..(LinkName.Size - 1)]);
        MemoryMarshal.Write(bytes[FlagsAt..], (ushort)(Tap | NoPacketInformation | VirtioHeader));
        if (NativeNetwork.Control(file, AttachRequest, (nint)request) == 0)
            return file;
        Exception failure = NativeNetwork.Failure($"attach to tap {name}");
        file.Dispose();
        throw failure;
    }
}
