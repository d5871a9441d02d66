using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// The files of a build in one folder, which is a built experiment itself: where images lay in folders of their own, they lie
/// beside the manifest here, and it says so.
/// </summary>
internal sealed class ArtifactFiles
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly CopiedFiles _copied;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly string _from;

    private ArtifactFiles(Manifest manifest, string from, string folder) => (Manifest, _from, Folder, _copied) = (manifest, from, folder, new CopiedFiles(folder));

    /// <summary>The experiment, its files named as they lie in the folder.</summary>
    internal Manifest Manifest { get; private set; }

    /// <summary>Full path of the folder.</summary>
    internal string Folder { get; }

    /// <summary>SHA-256 of all files by their names, in the names' order.</summary>
    internal IReadOnlyDictionary<string, string> Sums => _copied.Sums;

    /// <summary>Copies the files of an experiment.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="from">Full path of the folder that it was built to.</param>
    /// <param name="folder">Full path of an empty folder.</param>
    /// <exception cref="MegatuxException">A file is not there, or not what the manifest says.</exception>
    internal static ArtifactFiles Copy(Manifest manifest, string from, string folder)
    {
        var files = new ArtifactFiles(manifest, from, folder);
        files.CopyImage(ImageKind.Host, manifest.HostKernel);
        files.CopyImage(ImageKind.Guest, manifest.GuestKernel);
        foreach (string name in (string[])[OutputNames.BootScript, OutputNames.Dnsmasq, OutputNames.Xproc])
            if (name != OutputNames.Xproc || (manifest.Xproc.Enabled && File.Exists(Path.Combine(from, name))))
                files.CopyFile(Path.Combine(from, name), name);
        if (File.Exists(Path.Combine(from, ValidationList.FileName)))
            files.CopyFile(Path.Combine(from, ValidationList.FileName), ValidationList.FileName);
        files.CopyManifest();
        return files;
    }

    /// <summary>Adds a file.</summary>
    internal void Add(string name, byte[] bytes) => _copied.Add(name, bytes);

    /// <summary>Writes the checksums of all files that there are by now.</summary>
    internal void WriteSums() => _copied.WriteSums();

    private void CopyImage(ImageKind image, ManifestKernel? kernel)
    {
        ManifestMember[] members = [.. Manifest.Members.Where(member => member.Image == image)];
        string? first = (members.FirstOrDefault(member => member.Nodes is null) ?? members.FirstOrDefault())?.File ?? kernel?.File;
        if (first is null)
            return;
        BootFiles.Require(Manifest, _from, image);
        string images = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(_from, first)))!;
        foreach (IGrouping<string, ManifestMember> file in members.GroupBy(member => member.File))
            if (CopyFrom(images, file.Key) is var sum && file.First() is { Nodes: not null } member && sum != member.Sha256)
                throw Changed(file.Key, $"the member {member.Name}");
        if (kernel is not null && CopyFrom(images, kernel.File) != kernel.Sha256)
            throw Changed(kernel.File, "the kernel");
    }

    private string CopyFrom(string images, string file)
    {
        string source = Path.GetFullPath(Path.Combine(_from, file)), name = CopiedFiles.NameOf(images, source);
        _names[file] = name;
        return CopyFile(source, name);
    }

    private string CopyFile(string source, string name)
    {
        string sum = _copied.Copy(source, name);

        // A kernel that is a program must stay one.
        if ((File.GetUnixFileMode(source) & UnixFileMode.UserExecute) != 0)
            File.SetUnixFileMode(_copied.At(name), Executable);
        return sum;
    }

    private void CopyManifest()
    {
        if (_names.All(name => name.Key == name.Value))
        {
            CopyFile(Path.Combine(_from, Manifest.FileName), Manifest.FileName);
            return;
        }

        Manifest = new Manifest
        {
            Experiment = Manifest.Experiment,
            Xproc = Manifest.Xproc,
            Pushmon = Manifest.Pushmon,
            HostKernel = Renamed(Manifest.HostKernel),
            GuestKernel = Renamed(Manifest.GuestKernel),
            Members = [.. Manifest.Members.Select(member => member with { File = _names[member.File] })],
        };
        Add(Manifest.FileName, Manifest.ToJson());
    }

    private ManifestKernel? Renamed(ManifestKernel? kernel) => kernel is null ? null : kernel with { File = _names[kernel.File] };

    private MegatuxException Changed(string file, string what) =>
        new(ErrorCodes.BuildIncomplete, $"{Path.GetFullPath(Path.Combine(_from, file))} is not {what} that the manifest names: build the experiment again.");
}
