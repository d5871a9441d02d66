namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>
    /// A file begins as an ELF file and breaks the format's rules. Replace it with an undamaged copy
    /// (<c>apt-get install --reinstall</c> of its package, or build it again).
    /// </summary>
    public const string ElfMalformed = "MTX2501";

    /// <summary>A program that the project names is not on this machine. Correct its path or install its package.</summary>
    public const string ProgramMissing = "MTX2502";

    /// <summary>A program that the project names is neither an ELF program nor a script that starts with <c>#!</c>. Name one that is, or put the file into an overlay.</summary>
    public const string ProgramNotExecutable = "MTX2503";

    /// <summary>A program is built for another kind of machine than the image. Give one that is built for the image's machine.</summary>
    public const string ProgramForeign = "MTX2504";

    /// <summary>A shared library that a program needs is nowhere on the loader's search path. Install the package that holds it.</summary>
    public const string LibraryMissing = "MTX2505";

    /// <summary>
    /// The library that a program will find in the image is of another version than it needs, mostly one of an older
    /// base below. Use a base that is as new as the program, or a program as old as the base.
    /// </summary>
    public const string LibraryVersionMismatch = "MTX2506";

    /// <summary>The interpreter that a script or a program names (a shell, the loader) is not on this machine. Install its package or correct the script's first line.</summary>
    public const string InterpreterMissing = "MTX2507";

    /// <summary>A program's path inside the image is empty, or holds "..", or leads to a place that cannot exist there. Correct it.</summary>
    public const string ProgramTargetInvalid = "MTX2508";

    /// <summary>Symbolic links on the way to a program run in a circle, or are more than the kernel follows. Mend the links.</summary>
    public const string ProgramLinkLoop = "MTX2509";

    /// <summary>Two programs or libraries of different contents want one path inside the image. Move one of the programs elsewhere or leave it out.</summary>
    public const string ClosureConflict = "MTX2510";

    /// <summary>A program or library is there but cannot be read. Correct its permissions or the disk's fault.</summary>
    public const string ProgramUnreadable = "MTX2511";
}
