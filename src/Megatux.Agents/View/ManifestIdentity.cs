using System.IO.Hashing;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>
/// Which build a node was booted from, as 32 hexadecimal digits of its manifest. Where the files of the build lie does not
/// count: artifacts lie elsewhere. It tells builds apart and proves nothing, which a node's own word could not.
/// </summary>
public static class ManifestIdentity
{
    private const string File = "file";

    /// <summary>The identity of what a host boots: the plan, and all members of both images.</summary>
    public static string OfHost(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return Of(manifest, manifest.Members);
    }

    /// <summary>The identity of what a guest boots, whose manifest names no members: the plan and the kernels.</summary>
    public static string OfGuest(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return Of(manifest, []);
    }

    private static string Of(Manifest manifest, IReadOnlyList<ManifestMember> members) => Convert.ToHexStringLower(XxHash128.Hash(new Manifest
    {
        Experiment = manifest.Experiment,
        Xproc = manifest.Xproc,
        Pushmon = manifest.Pushmon,
        HostKernel = Placed(manifest.HostKernel),
        GuestKernel = Placed(manifest.GuestKernel),
        Members = [.. members.Select(member => member with { File = File })],
    }.ToJson()));

    private static ManifestKernel? Placed(ManifestKernel? kernel) => kernel is null ? null : kernel with { File = File };
}
