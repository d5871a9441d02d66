namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>No kernel is where Debian's packages put it, or not the version asked for. Install the package that the message names, or give a path.</summary>
    public const string KernelMissing = "MTX2601";

    /// <summary>The file given as a kernel is none, or of a form whose version cannot be read. Give a bzImage, a UML program or an uncompressed kernel.</summary>
    public const string KernelUnreadable = "MTX2602";

    /// <summary>The folder with the kernel's modules is not there, or holds no modules.dep. Install the kernel's package, or run depmod for a kernel of your own.</summary>
    public const string KernelModulesMissing = "MTX2603";

    /// <summary>The kernel has no module of this name, neither as a file nor built in nor by an alias. Correct the name or use another kernel.</summary>
    public const string ModuleMissing = "MTX2604";

    /// <summary>modules.dep says that modules need each other in a circle. Run depmod again.</summary>
    public const string ModuleCycle = "MTX2605";

    /// <summary>An index of the kernel's modules (modules.dep and its like) is damaged. Run depmod again or reinstall the kernel's package.</summary>
    public const string ModuleIndexMalformed = "MTX2606";

    /// <summary>modules.dep names a file that is not there. Reinstall the kernel's package or run depmod again.</summary>
    public const string ModuleFileMissing = "MTX2607";

    /// <summary>A compressed module cannot be unpacked: it is damaged, or the program for its form is not installed. Do what the message says, or leave modules compressed.</summary>
    public const string ModuleNotUnpacked = "MTX2608";
}
