using System.Globalization;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// What guests boot from, made of what the host image holds. Guests that get the same members share it: it is made once,
/// when the first of them is started.
/// </summary>
/// <param name="manifest">The experiment.</param>
/// <param name="folder">Full path of the folder with the guests' kernel, image and members.</param>
/// <param name="made">Full path of the folder for what is made.</param>
internal sealed class GuestFiles(Manifest manifest, string folder, string made)
{
    /// <summary>What a guest under UML may write to its root; more finds room in /tmp, /run and /dev/shm, which are its memory.</summary>
    private const long WritableBytes = 16 << 20;

    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);

    /// <summary>Full path of the kernel that guests boot.</summary>
    internal string Kernel { get; } = Path.Combine(folder, OutputNames.GuestKernel(manifest.Experiment.Hypervisor));

    /// <summary>Full paths of the files that a guest's initramfs consists of, in order.</summary>
    internal IReadOnlyList<string> PartsOf(string guest)
    {
        var parts = new List<string> { Path.Combine(folder, OutputNames.Image(ImageKind.Guest)) };
        foreach (ManifestMember member in manifest.Members)
            if (member is { Image: ImageKind.Guest, Nodes: { } nodes } && nodes.Contains(guest))
                parts.Add(Path.Combine(folder, OutputNames.MembersFolder, Path.GetFileName(member.File)));
        return parts;
    }

    /// <summary>Full path of a guest's initramfs.</summary>
    internal string InitrdOf(string guest)
    {
        IReadOnlyList<string> parts = PartsOf(guest);
        return parts is [var only] ? only : Once("initrd", parts, path => NodeInitrd.Join(parts, path));
    }

    /// <summary>Full path of the file system that is the root of a guest under UML.</summary>
    internal string RootImageOf(string guest)
    {
        IReadOnlyList<string> parts = PartsOf(guest);
        return Once("image", parts, path => FileSystemImage.Write(parts, path, WritableBytes));
    }

    /// <summary>Full path of the folder that is the root of a guest that is a container.</summary>
    internal string RootOf(string guest)
    {
        IReadOnlyList<string> parts = PartsOf(guest);
        return Once("root", parts, path => ImageExtraction.Run(parts, path));
    }

    private string Once(string kind, IReadOnlyList<string> parts, Action<string> make)
    {
        string key = $"{kind}\n{string.Join('\n', parts)}";
        if (_made.TryGetValue(key, out string? known))
            return known;
        string path = Path.Combine(made, string.Create(CultureInfo.InvariantCulture, $"{kind}-{_made.Count}"));
        Directory.CreateDirectory(made);
        make(path);
        _made.Add(key, path);
        return path;
    }
}
