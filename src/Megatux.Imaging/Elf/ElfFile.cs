namespace Megatux.Imaging;

/// <summary>What an ELF file is for.</summary>
public enum ElfKind
{
    /// <summary>Anything else (a core dump, an object of a private type).</summary>
    Other,

    /// <summary>A relocatable object: a compiler's output or a kernel module.</summary>
    Relocatable,

    /// <summary>A program at fixed addresses.</summary>
    Executable,

    /// <summary>A shared library, the loader, or a program that can lie at any address.</summary>
    Shared,
}

/// <summary>Symbol versions that a file wants of one library.</summary>
/// <param name="Library">The library's soname, one of <see cref="ElfFile.Needed"/>.</param>
/// <param name="Versions">Names such as <c>GLIBC_2.34</c>, those that may be lacking (weak) left out.</param>
public sealed record ElfVersionNeed(string Library, IReadOnlyList<string> Versions);

/// <summary>
/// What the head and the dynamic section of an ELF file say, read as data: nothing of it is executed or mapped. Safe for
/// hostile input: memory and time are bounded whatever the file says.
/// </summary>
public sealed partial class ElfFile
{
    private ElfFile(ElfTarget target, ElfKind kind) => (Target, Kind) = (target, kind);

    /// <summary>The machine that the file is built for.</summary>
    public ElfTarget Target { get; }

    /// <summary>What the file is for.</summary>
    public ElfKind Kind { get; }

    /// <summary>Path of the loader that the kernel starts for the program (PT_INTERP); null for libraries and static programs.</summary>
    public string? Interpreter { get; private set; }

    /// <summary>The libraries that it needs, in order (DT_NEEDED): sonames, or paths when they hold a slash.</summary>
    public IReadOnlyList<string> Needed { get; private set; } = [];

    /// <summary>Its own name as a library (DT_SONAME), or null.</summary>
    public string? SoName { get; private set; }

    /// <summary>Folders to search before the system's for its own needs, joined by ':' (DT_RUNPATH), or null.</summary>
    public string? RunPath { get; private set; }

    /// <summary>Older form of <see cref="RunPath"/>, which holds for what its libraries need as well (DT_RPATH), or null.</summary>
    public string? RPath { get; private set; }

    /// <summary>True if the system's folders are not searched for its needs (linked with <c>-z nodefaultlib</c>).</summary>
    public bool NoDefaultLibraries { get; private set; }

    /// <summary>Symbol versions that it wants of its libraries.</summary>
    public IReadOnlyList<ElfVersionNeed> VersionNeeds { get; private set; } = [];

    /// <summary>Symbol versions that it offers to others.</summary>
    public IReadOnlyList<string> VersionDefinitions { get; private set; } = [];

    /// <summary>True if it can run, or be loaded, without any other file: no loader and no needed libraries.</summary>
    public bool IsStatic => Kind is ElfKind.Executable or ElfKind.Shared && Interpreter is null && Needed.Count == 0;
}
