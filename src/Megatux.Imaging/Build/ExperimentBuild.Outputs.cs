using System.Globalization;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

// From members to what lies in the output folders.
public sealed partial class ExperimentBuild
{
    private void WriteOutputs(ImageBuilder guest, ImageBuilder host, OutputSet outputs)
    {
        string guestImage = ImagePathOf(ImageKind.Guest), hostImage = ImagePathOf(ImageKind.Host);
        Manifest manifest = MakeManifest(guest, host);

        // A guest computes all that it is from the plan. Members' digests in its image would change it with every host's overlay.
        guest.Add("manifest", [ManifestEntry(new Manifest
        {
            Experiment = manifest.Experiment, Xproc = manifest.Xproc, Pushmon = manifest.Pushmon, HostKernel = manifest.HostKernel, GuestKernel = manifest.GuestKernel, Members = [],
        }.ToJson())], followLinks: true);

        // Both images take long to write and, as the hosts' reads the guests' members, do so at once.
        string guestKey = Join(outputs, guestImage, Common(guest), null, aside: true);
        List<Shipped> payload = [new Shipped(OutputNames.Image(ImageKind.Guest), new JoinedContent(Common(guest)), guestKey)];
        byte[] json = manifest.ToJson();
        payload.AddRange(ShipMembers(outputs, guest, ImageKind.Guest));
        ShipMembers(outputs, host, ImageKind.Host);
        payload.AddRange(ShipKernels(outputs));
        Join(outputs, hostImage, Common(host), Payload(payload, json, host.Stack), aside: false);

        string output = Folder("OutputPath");
        outputs.Add(Path.Combine(output, Manifest.FileName), json);
        TemplateVariables netboot = TemplateContext.Of(_experiment, _xproc, Netboot(), _request.ItemsOf("TemplateVariable"), HostClass.Of(manifest));
        outputs.Add(Path.Combine(output, OutputNames.BootScript), Render(TemplateFile(BootTemplate), netboot).Bytes);
        outputs.Add(Path.Combine(output, OutputNames.Dnsmasq), Render(TemplateFile(DnsmasqTemplate), netboot).Bytes);
        if (_validations is not null)
            outputs.Add(Path.Combine(output, ValidationList.FileName), _validations.ToJson());
        if (_xproc.Enabled)
            outputs.Add(_request.Setting("XprocConfig") is { Length: > 0 } path ? _request.PathOf(path) : Path.Combine(output, OutputNames.Xproc),
                Render(TemplateFile(XprocTemplate)).Bytes);
        outputs.Commit();
        Summarize([guestImage, hostImage]);
    }

    private static IReadOnlyList<Member> Common(ImageBuilder builder) => [.. builder.Members.Where(member => member.Nodes is null)];

    private static ImageEntry ManifestEntry(byte[] json) => new()
    {
        Path = OutputNames.ManifestInImage, Kind = EntryKind.File, Mode = Modes.File, Content = new BytesContent(json), Origin = Manifest.FileName,
    };

    /// <summary>Joins an image and returns the key of what is in it.</summary>
    private string Join(OutputSet outputs, string path, IReadOnlyList<Member> members, (IReadOnlyList<ImageEntry> Entries, string Key)? plain, bool aside)
    {
        var key = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"join 1, time {_modifiedAt}"));
        foreach (Member member in members)
            key.Append(' ').Append(member.Digest);
        key.Append(' ').Append(plain?.Key);
        string digest = ContentDigests.OfText(key.ToString());

        var parts = new List<JoinPart>(members.Select(member => new JoinPart.Packed(member)));
        if (plain is { } extra)
            parts.Add(new JoinPart.Plain(extra.Entries));
        if (outputs.Add(path, digest, stream => ImageJoin.Write(stream, parts, _modifiedAt, _cancellation), aside: aside))
            _log.Tell($"  joined {Path.GetFileName(path)} from {parts.Count} members");
        else
            _log.Detail($"  kept {Path.GetFileName(path)}");
        return digest;
    }

    /// <summary>Members that only some nodes get lie beside the images; a node's initrd is the image with its members behind it.</summary>
    private List<Shipped> ShipMembers(OutputSet outputs, ImageBuilder builder, ImageKind image)
    {
        var shipped = new List<Shipped>();
        foreach (Member member in builder.Members.Where(member => member.Nodes is not null))
        {
            string name = $"{OutputNames.MembersFolder}/{member.Name}{_compression.Extension}";
            string path = Path.Combine(Folder(ImageFolderOf(image)), name);
            outputs.Add(path, member.Digest, stream => CopyFile(member.Path, stream));
            shipped.Add(new Shipped(name, new FileContent(member.Path, member.Length), member.Digest));
        }

        return shipped;
    }

    private IEnumerable<Shipped> ShipKernels(OutputSet outputs)
    {
        CopyKernel(outputs, _kernels.Host, Path.Combine(Folder("HostImageDir"), OutputNames.HostKernel), executable: false);
        if (_kernels.Guest is not { } kernel)
            return [];
        bool isProgram = _experiment.Hypervisor == Hypervisor.Uml;
        string name = OutputNames.GuestKernel(_experiment.Hypervisor);
        string path = Path.Combine(Folder("GuestImageDir"), name);
        string key = CopyKernel(outputs, kernel, path, isProgram);

        // As a program it came into the host image with its libraries.
        return isProgram ? [] : [new Shipped(name, new FileContent(kernel.Path, new FileInfo(kernel.Path).Length), key)];
    }

    private string CopyKernel(OutputSet outputs, KernelImage kernel, string path, bool executable)
    {
        string digest = _digests.OfFile(kernel.Path);
        if (outputs.Add(path, digest, stream => CopyFile(kernel.Path, stream), executable))
            _log.Tell($"  copied {Path.GetFileName(path)}: Linux {kernel.Version}");
        return digest;
    }

    /// <summary>
    /// What the host image holds of the guests': compressed already, so put in as it is. The manifest comes with it, for it
    /// changes with every member of either image.
    /// </summary>
    private static (IReadOnlyList<ImageEntry>, string) Payload(List<Shipped> files, byte[] manifest, ImageStack host)
    {
        var entries = new List<ImageEntry> { ManifestEntry(manifest) };
        var key = new StringBuilder(Encoding.UTF8.GetString(manifest));
        foreach (Shipped file in files)
        {
            entries.Add(new ImageEntry
            {
                Path = $"{OutputNames.GuestFolder}/{file.Name}",
                Kind = EntryKind.File,
                Mode = Modes.File,
                Content = file.Content,
                Origin = file.Name,
            });
            key.Append(file.Name).Append(' ').Append(file.Key).Append('\n');
        }

        return (MemberLayout.Arrange(entries, host, "the guests' part of the host image", followLinks: true, null), key.ToString());
    }

    private void Summarize(IEnumerable<string> images)
    {
        foreach (string image in images)
            _log.Tell($"  {image} ({Sizes.Of(new FileInfo(image).Length)})");
        _log.Tell($"{_experiment.Name} -> {Folder("OutputPath")}");
    }

    private string ImagePathOf(ImageKind image) => Path.Combine(Folder(ImageFolderOf(image)), OutputNames.Image(image));

    private static string ImageFolderOf(ImageKind image) => $"{image}ImageDir";

    private string Folder(string property) => Path.TrimEndingDirectorySeparator(_request.PathOf(_request.Setting(property)));

    private static void CopyFile(string from, Stream to)
    {
        using FileStream source = File.OpenRead(from);
        source.CopyTo(to);
    }

    /// <summary>An output that the host image holds too.</summary>
    private sealed record Shipped(string Name, Content Content, string Key);
}
