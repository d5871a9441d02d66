namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The node has no kernel to boot: guests of the hypervisor 'container' run under their host's. Boot a host instead.</summary>
    public const string NodeWithoutKernel = "MTX3101";

    /// <summary>A kernel, image or member that the manifest names is not there. Build the experiment again.</summary>
    public const string BootFileMissing = "MTX3102";

    /// <summary>The program that runs machines of this kind is not installed. Install the package that the message names.</summary>
    public const string HypervisorMissing = "MTX3103";

    /// <summary>The machine needs more memory than this one has. Free some, or give the nodes less in the project.</summary>
    public const string MemoryShort = "MTX3104";

    /// <summary>No tmpfs allows programs to run from it, as UML's memory must. Mount one, or remount /dev/shm, as the message says.</summary>
    public const string MemoryFolderMissing = "MTX3105";

    /// <summary>A machine's process cannot be started, for a reason that the message gives.</summary>
    public const string MachineNotStarted = "MTX3106";

    /// <summary>The machine's kernel panicked before its init script said that it is up. The console's last lines say why.</summary>
    public const string BootPanicked = "MTX3107";

    /// <summary>The machine's init script did not say in time that it is up. Look at the console, or give it more time.</summary>
    public const string BootTimedOut = "MTX3108";

    /// <summary>The machine ended before its init script said that it is up. The console's last lines say why.</summary>
    public const string BootEnded = "MTX3109";

    /// <summary>A machine has less memory than its kernel and image take before anything runs. Give it more in the project.</summary>
    public const string KernelNeedsMore = "MTX3110";

    /// <summary>A machine that runs cannot be shown a block device, for a reason that the message gives.</summary>
    public const string DiskNotAttached = "MTX3111";
}
