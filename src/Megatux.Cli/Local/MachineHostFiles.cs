using Megatux.Agents;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// What hosts that are whole machines boot, beside the rest of what runs: a build that goes on meanwhile must not change what
/// a host boots that starts again.
/// </summary>
internal static class MachineHostFiles
{
    /// <summary>Joins images, and copies the kernel.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="folder">Full path of the folder that the manifest lies in.</param>
    /// <param name="files">Where what runs lies.</param>
    /// <exception cref="MegatuxException">A file is missing or damaged.</exception>
    internal static void Prepare(Manifest manifest, string folder, RunFolder files)
    {
        Experiment experiment = manifest.Experiment;
        string kernel = manifest.HostKernel is { } known ? Path.Combine(folder, known.File) : "";
        if (!File.Exists(kernel))
            throw new MegatuxException(ErrorCodes.BootFileMissing, $"The hosts' kernel of {experiment.Name}, {kernel}, is not there: build the experiment again.");
        File.Copy(kernel, files.HostKernel);
        for (long host = 0; host < experiment.HostCount; host++)
            Join(NodeInitrd.FilesOf(manifest, folder, experiment.Host(host)), files);
    }

    /// <summary>Memory in MiB that the hosts of a selection, or all, and what emulates them take.</summary>
    internal static long MemoryMiB(Manifest manifest, string folder, BootSelection? selection)
    {
        long sum = 0;
        for (long host = 0; host < manifest.Experiment.HostCount; host++)
        {
            if (selection is not null && !selection.Hosts.Contains(manifest.Experiment.HostName(host)))
                continue;
            long length = NodeInitrd.FilesOf(manifest, folder, manifest.Experiment.Host(host)).Where(File.Exists).Sum(file => new FileInfo(file).Length);
            sum += Hypervisors.HostMemory.WithGuestsMiB(manifest.Experiment, length) + Hypervisors.Qemu.OwnMiB;
        }

        return sum;
    }

    // Most hosts get the same files, and then share one image.
    private static void Join(IReadOnlyList<string> parts, RunFolder files)
    {
        string image = files.InitrdOf(parts);
        if (File.Exists(image))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(image)!);
        NodeInitrd.Join(parts, image);
    }
}
