namespace Megatux.Imaging;

/// <summary>
/// Offsets, lengths and tags of the ELF format that finding a program's libraries takes. Source: System V ABI, chapters
/// "ELF Header", "Program Header", "Dynamic Section"; symbol versions: LSB Core, "Symbol Versioning".
/// </summary>
internal static class ElfLayout
{
    // e_ident
    public const int IdentLength = 16;
    public const int ClassOffset = 4;
    public const int DataOffset = 5;
    public const int IdentVersionOffset = 6;
    public const byte DataLittleEndian = 1;
    public const byte DataBigEndian = 2;
    public const byte CurrentVersion = 1;

    // The rest of the header. Fields after e_entry lie elsewhere in each class, since addresses have its width.
    public const int TypeOffset = 16;
    public const int MachineOffset = 18;
    public const int HeaderLength32 = 52;
    public const int HeaderLength64 = 64;
    public const int ProgramOffset32 = 28;
    public const int ProgramOffset64 = 32;
    public const int ProgramEntrySize32 = 42;
    public const int ProgramEntrySize64 = 54;
    public const int ProgramCount32 = 44;
    public const int ProgramCount64 = 56;

    // Program headers
    public const int ProgramHeaderLength32 = 32;
    public const int ProgramHeaderLength64 = 56;
    public const uint SegmentLoad = 1;
    public const uint SegmentDynamic = 2;
    public const uint SegmentInterpreter = 3;

    // Dynamic section
    public const int DynamicLength32 = 8;
    public const int DynamicLength64 = 16;
    public const ulong TagNull = 0;
    public const ulong TagNeeded = 1;
    public const ulong TagStringTable = 5;
    public const ulong TagStringTableSize = 10;
    public const ulong TagSoName = 14;
    public const ulong TagRPath = 15;
    public const ulong TagRunPath = 29;
    public const ulong TagFlags1 = 0x6ffffffb;
    public const ulong TagVersionDefinitions = 0x6ffffffc;
    public const ulong TagVersionDefinitionCount = 0x6ffffffd;
    public const ulong TagVersionNeeds = 0x6ffffffe;
    public const ulong TagVersionNeedCount = 0x6fffffff;
    public const ulong Flag1NoDefaultLibraries = 0x800;

    // Verneed and Vernaux, the same in both classes
    public const int VersionNeedLength = 16;
    public const int VersionNeedAuxCount = 2;
    public const int VersionNeedFile = 4;
    public const int VersionNeedAux = 8;
    public const int VersionNeedNext = 12;
    public const int VersionNeedAuxLength = 16;
    public const int VersionNeedAuxFlags = 4;
    public const int VersionNeedAuxName = 8;
    public const int VersionNeedAuxNext = 12;
    public const ushort VersionWeak = 2;

    // Verdef and Verdaux
    public const int VersionDefinitionLength = 20;
    public const int VersionDefinitionAuxCount = 6;
    public const int VersionDefinitionAux = 12;
    public const int VersionDefinitionNext = 16;
    public const int VersionDefinitionAuxLength = 8;

    // Bounds of our own, far above what linkers make, so that a forged file costs little.
    public const int MostProgramHeaders = 4096;
    public const int MostDynamicBytes = 1 << 20;
    public const int MostVersions = 1 << 14;
    public const int LongestString = 4096;
    public const int MostStringBytes = 1 << 20;
}
