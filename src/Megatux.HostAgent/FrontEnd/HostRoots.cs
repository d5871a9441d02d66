using Megatux.Agents;
using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>What the images of hosts that are containers are unpacked to, in memory that is gone with the front-end.</summary>
internal static class HostRoots
{
    /// <summary>Unpacks them: most hosts get the same files, and then share what these are unpacked to.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="images">Full path of the folder that it was built to.</param>
    /// <param name="files">Where what runs lies.</param>
    /// <exception cref="MegatuxException">A file is missing or damaged, or the memory does not suffice.</exception>
    internal static void Unpack(Manifest manifest, string images, RunFolder files)
    {
        Directory.CreateDirectory(files.Roots);
        Mounts.Mount("tmpfs", files.Roots, options: MountOptions.NoDevices, data: "mode=755");
        for (long host = 0; host < manifest.Experiment.HostCount; host++)
            Unpack(NodeInitrd.FilesOf(manifest, images, manifest.Experiment.Host(host)), files);
    }

    private static void Unpack(IReadOnlyList<string> parts, RunFolder files)
    {
        string root = files.RootOf(parts);
        if (!Directory.Exists(root))
            ImageExtraction.Run(parts, root);
    }
}
