namespace Megatux.Model;

/// <summary>
/// What a built experiment is (<c>experiment.json</c>): all that agents, the command line and the simulator know of it.
/// It holds ranges and equations' parameters, never a list of nodes, and is a few KiB for any number of them.
/// </summary>
public sealed partial class Manifest
{
    /// <summary>The file's usual name.</summary>
    public const string FileName = "experiment.json";

    /// <summary>The one version of the file's form that this version writes and reads.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The longest file in bytes that is read at all.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>The plan.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>Process startup.</summary>
    public required XprocSettings Xproc { get; init; }

    /// <summary>Monitoring.</summary>
    public PushmonSettings Pushmon { get; init; } = new();

    /// <summary>Members of both images, each image's in the order in which they are joined.</summary>
    public required IReadOnlyList<ManifestMember> Members { get; init; }

    /// <summary>What boots the host image; null if nothing does.</summary>
    public ManifestKernel? HostKernel { get; init; }

    /// <summary>What boots the guest image; null if guests share their host's kernel.</summary>
    public ManifestKernel? GuestKernel { get; init; }
}
