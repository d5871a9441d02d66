using System.Globalization;
using System.Text;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What of a built experiment machines boot over the network: its hosts' kernel, image and members, and what tells them so.</summary>
internal static class DeployedFiles
{
    private const string ScriptStart = "#!ipxe\n", Folder = "${deployment}";

    /// <summary>Copies the files of an experiment to a folder.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="from">Full path of the folder that it was built to.</param>
    /// <param name="to">Full path of an empty folder.</param>
    /// <param name="number">The deployment's number.</param>
    /// <exception cref="MegatuxException">A file is not there, or not what the manifest says.</exception>
    internal static void Copy(Manifest manifest, string from, string to, int number)
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
        files.Add(OutputNames.BootScript, Encoding.UTF8.GetBytes(ScriptOf(Path.Combine(from, OutputNames.BootScript), number)));
        files.WriteSums();
    }

    // The files that the script names lie beside it, and not where the link to the present deployment points by then.
    private static string ScriptOf(string path, int number)
    {
        string script = HashedFile.Read(path, File.ReadAllText);
        if (!script.StartsWith(ScriptStart, StringComparison.Ordinal))
            throw new MegatuxException(ErrorCodes.BuildIncomplete, $"{path} is no script of iPXE's: its first line is to be {ScriptStart.TrimEnd()}.");
        if (!script.Contains(Folder, StringComparison.Ordinal))
            throw new MegatuxException(ErrorCodes.BuildIncomplete,
                $"{path} does not say {Folder} before the names of its files, as the SDK's {OutputNames.BootScript}.hbs does: mend the template, and build the experiment again.");
        return string.Create(CultureInfo.InvariantCulture, $"{ScriptStart}set deployment deployments/{number}/\n{script[ScriptStart.Length..]}");
    }
}
