using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// What went into the images of an experiment: Debian packages, kernels, agents, and as files all else, which is what people laid
/// over it and what was rendered for it. It grows with the files in the images and not with the nodes.
/// </summary>
internal sealed class SbomComponents
{
    private const string Dpkg = "/var/lib/dpkg", UmlProgram = "usr/bin/linux.uml";
    private const string SamePathAndSum = "dpkg lists files of the same paths and MD5 sums";

    private readonly SortedDictionary<string, SbomComponent> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _kernels = new(StringComparer.Ordinal);
    private readonly ArtifactFiles _artifacts;

    private SbomComponents(ArtifactFiles artifacts) => _artifacts = artifacts;

    /// <summary>Finds all components, in the order of their references.</summary>
    /// <exception cref="MegatuxException">An image is damaged.</exception>
    internal static IReadOnlyCollection<SbomComponent> Of(ArtifactFiles artifacts)
    {
        var found = new SbomComponents(artifacts);
        Manifest manifest = artifacts.Manifest;
        List<ImageFile> files = [.. found.AddKernel(manifest.HostKernel, isProgram: false),
            .. found.AddKernel(manifest.GuestKernel, isProgram: manifest.Experiment.Hypervisor == Hypervisor.Uml)];
        foreach (string image in manifest.Members.Select(member => member.File).Distinct())
            files.AddRange(ImageFiles.Of(Path.Combine(artifacts.Folder, image), image));
        InstalledPackages packages = InstalledPackages.Look(Dpkg, files);
        foreach (ImageFile file in files)
            found.Add(file, packages.Of(file));
        return found._components.Values;
    }

    private IEnumerable<ImageFile> AddKernel(ManifestKernel? kernel, bool isProgram)
    {
        if (kernel is null)
            return [];
        var component = new SbomComponent($"kernel:{kernel.Version}:{kernel.Sha256}", "operating-system", "linux") { Version = kernel.Version, Sha256 = kernel.Sha256 };
        _kernels[kernel.Sha256] = component.Reference;
        Include(component, kernel.File);
        return [ImageFiles.Beside(Path.Combine(_artifacts.Folder, kernel.File), kernel.File, isProgram ? UmlProgram : $"boot/vmlinuz-{kernel.Version}")];
    }

    private void Add(ImageFile file, InstalledPackage? package)
    {
        if (package is not null)
            Include(new SbomComponent(package.Purl, "library", package.Name) { Version = package.Version, Purl = package.Purl, Evidence = SamePathAndSum }, file.Place);
        else if (_kernels.TryGetValue(file.Sha256, out string? kernel))
            _components[kernel].Places.Add(file.Place);
        else if (AgentIn(file) is { } agent)
            Include(new SbomComponent($"agent:{agent}:{file.Sha256}", "application", agent) { Version = ArtifactNames.Version, Sha256 = file.Sha256 }, file.Place);
        else
            Include(new SbomComponent($"file:{file.Sha256}:/{PathText.Show(file.Path)}", "file", $"/{PathText.Show(file.Path)}") { Sha256 = file.Sha256 }, file.Place);
    }

    /// <summary>The agent that a file is; null for one that somebody laid over it, which is in another member.</summary>
    private string? AgentIn(ImageFile file)
    {
        ManifestMember? member = _artifacts.Manifest.Members.Where(member => member.File == file.Image).ElementAtOrDefault(file.Member - 1);
        return member is not null && member.Name == OutputNames.InitMember(member.Image) && file.Path == $"sbin/{OutputNames.Agent(member.Image)}"
            ? OutputNames.Agent(member.Image) : null;
    }

    private void Include(SbomComponent component, string place)
    {
        if (!_components.TryAdd(component.Reference, component))
            component = _components[component.Reference];
        component.Places.Add(place);
    }
}
