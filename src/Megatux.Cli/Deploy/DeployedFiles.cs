using System.Globalization;
using System.Text;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What of a built experiment machines boot over the network: its hosts' kernel, image and members, and what tells them so.</summary>
internal static class DeployedFiles
{
    /// <summary>Checksums of all other files, as sha256sum(1) reads them.</summary>
    internal const string Checksums = "SHA256SUMS";

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

        // Images may lie in a folder of their own (HostImageDir); machines look for them beside their script.
        string images = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(from, kernel.File)))!;
        var sums = new StringBuilder();
        foreach (string file in (string[])[kernel.File, .. manifest.Members.Where(member => member.Image == ImageKind.Host).Select(member => member.File).Distinct()])
        {
            string source = Path.GetFullPath(Path.Combine(from, file)), name = Path.GetRelativePath(images, source);
            if (name.StartsWith("..", StringComparison.Ordinal))
                throw new MegatuxException(ErrorCodes.BuildIncomplete, $"{source} is not in {images}, where the kernel is: build the experiment again.");
            string sum = HashedFile.Copy(source, Path.Combine(to, name));
            if (file == kernel.File && sum != kernel.Sha256)
                throw new MegatuxException(ErrorCodes.BuildIncomplete, $"{source} is not the kernel that the manifest names: build the experiment again.");
            Add(name, sum);
        }

        foreach (string name in (string[])[OutputNames.Dnsmasq, Manifest.FileName])
            Add(name, HashedFile.Copy(Path.Combine(from, name), Path.Combine(to, name)));
        Add(OutputNames.BootScript, HashedFile.Write(Path.Combine(to, OutputNames.BootScript), ScriptOf(Path.Combine(from, OutputNames.BootScript), number)));
        HashedFile.Write(Path.Combine(to, Checksums), sums.ToString());

        void Add(string file, string sum) => sums.Append(CultureInfo.InvariantCulture, $"{sum}  {file}\n");
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
