using System.Globalization;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// Whether the files that a boot takes are there as the build made them. Found out by their lengths: what an interrupted copy
/// or build leaves is shorter, and reading hundreds of MiB for a checksum would take longer than the boot.
/// </summary>
internal static class BootFiles
{
    /// <summary>Compares the images and members of an image with the manifest.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="folder">Full path of the folder that the manifest lies in.</param>
    /// <param name="image">Which image: that of hosts holds all that guests boot.</param>
    /// <exception cref="MegatuxException">A file is not there, or shorter than what it holds.</exception>
    internal static void Require(Manifest manifest, string folder, ImageKind image = ImageKind.Host)
    {
        foreach (IGrouping<string, ManifestMember> file in manifest.Members.Where(member => member.Image == image).GroupBy(member => member.File))
        {
            var found = new FileInfo(Path.Combine(folder, file.Key));
            if (!found.Exists)
                throw new MegatuxException(ErrorCodes.BootFileMissing, $"{found.FullName}, which the manifest names, is not there: build the experiment again.");
            long least = file.Sum(member => member.Size);
            if (found.Length < least)
                throw new MegatuxException(ErrorCodes.BuildIncomplete, string.Create(CultureInfo.InvariantCulture,
                    $"{found.FullName} has {found.Length} bytes, and what the manifest says that it holds has {least}: it is cut off, or of another build. Build the experiment again."));
        }
    }
}
