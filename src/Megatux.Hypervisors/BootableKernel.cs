using System.Buffers.Binary;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>What the header of a bootable kernel says of itself: Documentation/arch/x86/boot.rst, "The Real-Mode Kernel Header".</summary>
internal static class BootableKernel
{
    private const int MagicAt = 0x202, ProtocolAt = 0x206, PreferredAddressAt = 0x258, InitSizeAt = 0x260, HeaderEnd = 0x264;
    private const ushort FirstProtocolWithSize = 0x20a;
    private const long BytesInMebibyte = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "HdrS"u8;

    /// <summary>
    /// Insists on the memory that the kernel unpacks itself into, with its image behind it: with less it ends, or spins, before
    /// it can say a word.
    /// </summary>
    /// <exception cref="MegatuxException">The machine has less.</exception>
    internal static void RequireRoom(MachineSpec spec)
    {
        long kernel = ReadEnd(spec.Kernel), image = spec.Initrd.Length > 0 ? new FileInfo(spec.Initrd).Length : 0;
        long needed = (kernel + image + BytesInMebibyte - 1) / BytesInMebibyte;
        if (needed > spec.MemoryMiB)
            throw new MegatuxException(ErrorCodes.KernelNeedsMore,
                $"{spec.Name} has {spec.MemoryMiB} MiB, but its kernel {spec.Kernel} and image take {needed} MiB before anything runs: "
                + "give it more in the project (VmMemory for guests, HostMemory for hosts).");
    }

    /// <summary>The address behind what the kernel needs to start; 0 where its header does not say.</summary>
    private static long ReadEnd(string path)
    {
        Span<byte> header = stackalloc byte[HeaderEnd];
        using (FileStream file = File.OpenRead(path))
            if (file.ReadAtLeast(header, HeaderEnd, throwOnEndOfStream: false) < HeaderEnd)
                return 0;
        if (!header[MagicAt..].StartsWith(Magic) || BinaryPrimitives.ReadUInt16LittleEndian(header[ProtocolAt..]) < FirstProtocolWithSize)
            return 0;
        return (long)BinaryPrimitives.ReadUInt64LittleEndian(header[PreferredAddressAt..]) + BinaryPrimitives.ReadUInt32LittleEndian(header[InitSizeAt..]);
    }
}
