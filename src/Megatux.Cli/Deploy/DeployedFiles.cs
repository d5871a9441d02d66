using System.Globalization;
using System.Text;
using Megatux.Imaging;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Cli;

/// <summary>What of a built experiment machines boot over the network: its hosts' kernel, image and members, and what tells them so.</summary>
internal static class DeployedFiles
{
    private const string ScriptStart = "#!ipxe\n", Folder = "${deployment}", Tree = "${tree}", BootServer = "${next-server}";

    /// <summary>Copies the files of an experiment to a folder.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="from">Full path of the folder that it was built to.</param>
    /// <param name="to">Full path of an empty folder.</param>
    /// <param name="number">The deployment's number.</param>
    /// <param name="master">The address of the machine that will run the tree's root; null for the boot server's.</param>
    /// <exception cref="MegatuxException">A file is not there, or not what the manifest says.</exception>
    internal static void Copy(Manifest manifest, string from, string to, int number, IPv4Address? master)
    {
        BootFiles.Require(manifest, from);
        ManifestKernel kernel = manifest.HostKernel
            ?? throw new MegatuxException(ErrorCodes.BootFileMissing, $"{manifest.Experiment.Name} has no kernel for hosts: set HostKernel in the project, and build it again.");

        string images = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(from, kernel.File)))!;
        var files = new CopiedFiles(to);
        foreach (string file in (string[])[kernel.File, .. manifest.Members.Where(member => member.Image == ImageKind.Host).Select(member => member.File).Distinct()])
        {
            string source = Path.GetFullPath(Path.Combine(from, file)), sum = files.Copy(source, CopiedFiles.NameOf(images, source));
            if (file == kernel.File && sum != kernel.Sha256)
                throw new MegatuxException(ErrorCodes.BuildIncomplete, $"{source} is not the kernel that the manifest names: build the experiment again.");
        }

        foreach (string name in (string[])[OutputNames.Dnsmasq, Manifest.FileName])
            files.Copy(Path.Combine(from, name), name);
        string settings = string.Create(CultureInfo.InvariantCulture, $"set deployment deployments/{number}/\n");
        if (manifest.Xproc.Enabled)
        {
            using ExperimentKey key = ExperimentKey.LoadOrMake(ExperimentKey.PathOf(manifest.Experiment.Name));
            files.Add(OutputNames.KeyMember, FileMember.Of(OutputNames.KeyInImage, UnixFileMode.UserRead, Encoding.ASCII.GetBytes(key.Text)));
            settings += $"set tree initrd={OutputNames.KeyMember} megatux.master={master?.ToString() ?? BootServer}\n";
        }

        files.Add(OutputNames.BootScript, Encoding.UTF8.GetBytes(ScriptOf(Path.Combine(from, OutputNames.BootScript), settings)));
        files.WriteSums();
    }

    // The files that the script names lie beside it, and not where the link to the present deployment points by then.
    private static string ScriptOf(string path, string settings)
    {
        string script = HashedFile.Read(path, File.ReadAllText);
        if (!script.StartsWith(ScriptStart, StringComparison.Ordinal))
            throw new MegatuxException(ErrorCodes.BuildIncomplete, $"{path} is no script of iPXE's: its first line is to be {ScriptStart.TrimEnd()}.");
        foreach (string needed in (string[])[Folder, Tree])
            if (!script.Contains(needed, StringComparison.Ordinal))
                throw new MegatuxException(ErrorCodes.BuildIncomplete,
                    $"{path} does not say {needed} where the SDK's {OutputNames.BootScript}.hbs does: mend the template, and build the experiment again.");
        return ScriptStart + settings + script[ScriptStart.Length..];
    }
}
