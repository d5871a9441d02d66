using Megatux.Model;

namespace Megatux.Imaging;

// What agents and the command line will know of the experiment.
public sealed partial class ExperimentBuild
{
    private Manifest MakeManifest(ImageBuilder guest, ImageBuilder host) => new()
    {
        Experiment = _experiment,
        Xproc = _xproc,
        Pushmon = PushmonSettings.Parse(_request.Setting(ExperimentProperties.PushmonInterval)),
        HostKernel = Describe(_kernels.Host, Path.Combine(Folder("HostImageDir"), OutputNames.HostKernel)),
        GuestKernel = _kernels.Guest is { } kernel
            ? Describe(kernel, Path.Combine(Folder("GuestImageDir"), OutputNames.GuestKernel(_experiment.Hypervisor)))
            : null,
        Members = [.. Describe(host, ImageKind.Host), .. Describe(guest, ImageKind.Guest)],
    };

    private ManifestKernel Describe(KernelImage kernel, string file) => new()
    {
        File = InManifest(file),
        Sha256 = _digests.OfFile(kernel.Path),
        Version = kernel.Version,
    };

    private IEnumerable<ManifestMember> Describe(ImageBuilder builder, ImageKind image) =>
        builder.Members.Select(member => new ManifestMember
        {
            Name = member.Name,
            Image = image,
            Nodes = member.Nodes,
            File = InManifest(member.Nodes is null
                ? ImagePathOf(image)
                : Path.Combine(Folder(ImageFolderOf(image)), OutputNames.MembersFolder, member.Name + _compression.Extension)),
            Size = member.Length,
            Sha256 = member.Digest,
            Compression = member.Compression switch
            {
                CompressionKind.Gzip => MemberCompression.Gzip,
                CompressionKind.Zstd => MemberCompression.Zstd,
                _ => MemberCompression.None,
            },
        });

    private string InManifest(string path) => Path.GetRelativePath(Folder("OutputPath"), path);
}
