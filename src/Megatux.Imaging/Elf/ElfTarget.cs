using System.Runtime.InteropServices;

namespace Megatux.Imaging;

/// <summary>Width of addresses in an ELF file.</summary>
public enum ElfClass
{
    /// <summary>32-bit addresses.</summary>
    Bits32 = 1,

    /// <summary>64-bit addresses.</summary>
    Bits64 = 2,
}

/// <summary>The kind of machine that an ELF file is built for: only files of one kind can be loaded together.</summary>
/// <param name="Machine">Number of the processor, as in e_machine (62 is x86-64).</param>
/// <param name="Class">Width of its addresses.</param>
/// <param name="LittleEndian">Whether the low byte comes first.</param>
public readonly record struct ElfTarget(ushort Machine, ElfClass Class, bool LittleEndian)
{
    internal const ushort X86 = 3;
    internal const ushort PowerPC64 = 21;
    internal const ushort S390 = 22;
    internal const ushort Arm = 40;
    internal const ushort X64 = 62;
    internal const ushort AArch64 = 183;
    internal const ushort RiscV = 243;
    internal const ushort LoongArch = 258;

    /// <summary>The kind of the machine that this code runs on.</summary>
    /// <exception cref="PlatformNotSupportedException">The machine is of a kind without a known ELF number.</exception>
    public static ElfTarget ThisMachine { get; } = RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => new(X64, ElfClass.Bits64, true),
        Architecture.X86 => new(X86, ElfClass.Bits32, true),
        Architecture.Arm64 => new(AArch64, ElfClass.Bits64, true),
        Architecture.Arm => new(Arm, ElfClass.Bits32, true),
        Architecture.RiscV64 => new(RiscV, ElfClass.Bits64, true),
        Architecture.LoongArch64 => new(LoongArch, ElfClass.Bits64, true),
        Architecture.Ppc64le => new(PowerPC64, ElfClass.Bits64, true),
        Architecture.S390x => new(S390, ElfClass.Bits64, false),
        var other => throw new PlatformNotSupportedException($"No ELF machine number is known for {other}."),
    };

    /// <summary>For people: "64-bit x86-64", "32-bit machine 4242 (big-endian)".</summary>
    public override string ToString()
    {
        string name = Machine switch
        {
            X86 => "x86",
            X64 => "x86-64",
            Arm => "ARM",
            AArch64 => "AArch64",
            RiscV => "RISC-V",
            LoongArch => "LoongArch",
            PowerPC64 => "PowerPC",
            S390 => "S/390",
            _ => $"machine {Machine}",
        };
        bool usual = LittleEndian != (Machine == S390);
        return $"{(Class == ElfClass.Bits64 ? 64 : 32)}-bit {name}"
            + (usual ? "" : LittleEndian ? " (little-endian)" : " (big-endian)");
    }
}
