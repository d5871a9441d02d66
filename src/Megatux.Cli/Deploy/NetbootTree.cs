using System.Globalization;
using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// A folder that boot servers serve, by TFTP and HTTP alike: deployments by number, and a link to the one that machines boot. A
/// deployment is whole before the link points at it, and its boot script names its own files, so that a machine that was booting
/// while the link moved has files of one deployment only.
/// </summary>
/// <remarks>
/// <code>
/// DIR/megatux-netboot          says that the folder is ours
/// DIR/deployments/7/           boot.ipxe, dnsmasq.conf, kernel, images, members, experiment.json, SHA256SUMS
/// DIR/current                  -> deployments/7
/// DIR/boot.ipxe, dnsmasq.conf  -> current/...
/// DIR/undionly.kpxe, ipxe.efi  the firmware of machines that have none of iPXE's
/// </code>
/// </remarks>
internal sealed class NetbootTree : IDisposable
{
    private const string Marker = "megatux-netboot", Deployments = "deployments", Current = "current", Aside = ".new";
    private static readonly string[] Entrances = [OutputNames.BootScript, OutputNames.Dnsmasq];

    private readonly FileStream _lock;

    private NetbootTree(string folder, FileStream marker) => (Folder, _lock) = (folder, marker);

    /// <summary>Full path of the folder.</summary>
    internal string Folder { get; }

    /// <summary>The numbers of all deployments, in their order.</summary>
    internal IReadOnlyList<int> Numbers => [.. Directory.EnumerateDirectories(Path.Combine(Folder, Deployments))
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
        .Where(number => number > 0).Order()];

    /// <summary>The number of the deployment that machines boot; null before the first.</summary>
    internal int? Booted =>
        new FileInfo(Path.Combine(Folder, Current)).LinkTarget is { } target && int.TryParse(Path.GetFileName(target), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : null;

    /// <summary>Opens a netboot tree, or makes one of a folder that is empty or not there; nobody else changes it meanwhile.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="mayCreate">Whether a tree is made where there is none.</param>
    /// <exception cref="MegatuxException">The folder holds something else, cannot be written, or somebody deploys there.</exception>
    internal static NetbootTree Open(string path, bool mayCreate)
    {
        string folder = Path.GetFullPath(path), marker = Path.Combine(folder, Marker);
        return Guard(folder, () =>
        {
            if (!File.Exists(marker))
            {
                if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(entry => entry != marker)) || !mayCreate)
                    throw new MegatuxException(ErrorCodes.NotNetbootTree,
                        $"{folder} is no netboot tree (it has no file {Marker}), and is left as it is: name one{(mayCreate ? ", an empty folder, or a new one" : "")}.");
                Directory.CreateDirectory(folder);
            }

            // Whoever has it first makes the tree: others may be about to.
            FileStream held = Lock(marker);
            if (held.Length == 0)
                held.Write("Made by megatux deploy, which writes, replaces and removes files here.\n"u8);
            Directory.CreateDirectory(Path.Combine(folder, Deployments));
            return new NetbootTree(folder, held);
        });
    }

    /// <summary>Full path of a deployment's folder.</summary>
    internal string FolderOf(int number) => Path.Combine(Folder, Deployments, Text(number));

    /// <summary>Makes a deployment; machines do not boot it yet.</summary>
    /// <param name="fill">Puts files into a folder, of which the path is given, for a deployment of a number.</param>
    /// <returns>Its number, which no other had.</returns>
    /// <exception cref="MegatuxException">It cannot be made; nothing of it is left.</exception>
    internal int Add(Action<string, int> fill)
    {
        int number = Numbers is [.., int last] ? last + 1 : 1;
        string aside = Path.Combine(Folder, Deployments, Aside);
        return Guard(Folder, () =>
        {
            // What somebody left who was killed.
            Remove(aside);
            try
            {
                Directory.CreateDirectory(aside);
                fill(aside, number);
                Directory.Move(aside, FolderOf(number));
            }
            catch
            {
                Remove(aside);
                throw;
            }

            return number;
        });
    }

    /// <summary>Makes a deployment of a built experiment, and has machines boot it.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="manifestPath">The manifest's file, beside which the images are.</param>
    /// <param name="master">The address of the machine that will control the hosts; null for the boot server's.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="MegatuxException">It cannot be made; machines boot what they booted before.</exception>
    internal int Deploy(Manifest manifest, string manifestPath, IPv4Address? master)
    {
        string from = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        int made = Add((folder, number) => DeployedFiles.Copy(manifest, from, folder, number, master));
        Switch(made);
        return made;
    }

    /// <summary>Has machines boot a deployment from now on.</summary>
    /// <exception cref="MegatuxException">There is none of the number.</exception>
    internal void Switch(int number)
    {
        if (!Numbers.Contains(number))
            throw new MegatuxException(ErrorCodes.DeploymentUnknown, Numbers.Count == 0 ? $"{Folder} has no deployment yet." : $"{Folder} has no deployment {number}: it has {string.Join(", ", Numbers)}.");
        Guard(Folder, () =>
        {
            Link(Current, Path.Combine(Deployments, Text(number)));
            foreach (string entrance in Entrances)
                Link(entrance, Path.Combine(Current, entrance));
            return number;
        });
    }

    /// <summary>Removes all but the newest deployments, and the one that machines boot.</summary>
    /// <param name="keep">How many are kept, from 1.</param>
    /// <returns>Which were removed.</returns>
    internal IReadOnlyList<int> Prune(int keep)
    {
        int[] old = [.. Numbers.SkipLast(keep).Where(number => number != Booted)];
        return Guard(Folder, () =>
        {
            foreach (int number in old)
                Remove(FolderOf(number));
            return old;
        });
    }

    /// <summary>Writes a file beside the deployments, in place of one of the name.</summary>
    internal void Put(string name, string from) => Guard(Folder, () =>
    {
        string aside = Path.Combine(Folder, name + Aside);
        File.Copy(from, aside, overwrite: true);
        File.Move(aside, Path.Combine(Folder, name), overwrite: true);
        return 0;
    });

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    // A link is made aside and renamed: there is no moment without it.
    private void Link(string name, string target)
    {
        string path = Path.Combine(Folder, name), aside = path + Aside;
        if (new FileInfo(path).LinkTarget == target)
            return;
        File.Delete(aside);
        File.CreateSymbolicLink(aside, target);
        FileNodes.Rename(aside, path);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static FileStream Lock(string marker) => FileLock.Take(marker, FileMode.OpenOrCreate)
        ?? throw new MegatuxException(ErrorCodes.DeploymentBusy, $"{Path.GetDirectoryName(marker)} is being deployed to by somebody else: try again when that is done.");

    private static T Guard<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.DeploymentFailed,
                $"{folder} cannot be deployed to ({failure.Message}): see that there is space, and who may write there. Machines boot what they booted before.", inner: failure);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
