using System.Globalization;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// What guests boot from, as the host image holds it. Guests that get the same members share one initramfs: it is joined
/// once, when the first of them is started.
/// </summary>
internal sealed class GuestFiles(Manifest manifest, string folder, string joined)
{
    private readonly Dictionary<string, string> _initrds = new(StringComparer.Ordinal), _roots = new(StringComparer.Ordinal);

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

    /// <summary>Full path of the folder that a container guest's root is: unpacked once for all guests that get the same members.</summary>
    internal string RootOf(string guest)
    {
        // A member alone lacks the folders that lie in those below it, so that whole images are unpacked.
        string initrd = InitrdOf(guest);
        if (_roots.TryGetValue(initrd, out string? known))
            return known;
        string root = Path.Combine(joined, "roots", Path.GetFileName(initrd));
        ImageExtraction.Run(initrd, root, [], _ => { });
        _roots.Add(initrd, root);
        return root;
    }

    /// <summary>Full path of a guest's initramfs.</summary>
    internal string InitrdOf(string guest)
    {
        IReadOnlyList<string> parts = PartsOf(guest);
        if (parts is [var only])
            return only;
        string key = string.Join('\n', parts);
        if (_initrds.TryGetValue(key, out string? known))
            return known;
        string path = Path.Combine(joined, string.Create(CultureInfo.InvariantCulture, $"initrd-{_initrds.Count}"));
        Directory.CreateDirectory(joined);
        using (FileStream output = File.Create(path))
            NodeInitrd.JoinAsync(parts, output, CancellationToken.None).GetAwaiter().GetResult();
        _initrds.Add(key, path);
        return path;
    }
}
