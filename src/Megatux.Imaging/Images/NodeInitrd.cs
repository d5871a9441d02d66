using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// The initramfs that one node boots: the image that all nodes of its kind have in common, and behind it the members that
/// only some nodes get. It is a join of files that the build made.
/// </summary>
public static class NodeInitrd
{
    /// <summary>Full paths of the files that a node's initramfs is joined from, in order.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="folder">Full path of the folder that the manifest lies in.</param>
    /// <param name="node">A node of the experiment.</param>
    public static IReadOnlyList<string> FilesOf(Manifest manifest, string folder, Node node)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(node);
        ImageKind image = node is HostNode ? ImageKind.Host : ImageKind.Guest;
        var files = new List<string>();
        foreach (ManifestMember member in manifest.Members)
        {
            string file = Path.Combine(folder, member.File);
            // Members that all nodes get lie in one file.
            if (member.Image == image && (member.Nodes is null || member.Nodes.Contains(node.Name)) && !files.Contains(file))
                files.Add(file);
        }

        return files;
    }

    /// <summary>Joins files into one initramfs.</summary>
    /// <param name="files">Full paths of images and members, in order.</param>
    /// <param name="path">Where the initramfs goes; what is there is replaced.</param>
    /// <exception cref="MegatuxException">A file is not there or cannot be read; nothing is written.</exception>
    /// <exception cref="IOException">The initramfs cannot be written to its end.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static void Join(IReadOnlyList<string> files, string path)
    {
        ArgumentNullException.ThrowIfNull(files);
        using Stream input = Content(files).Open();
        using FileStream output = File.Create(path);
        input.CopyTo(output);
    }

    /// <summary>Joins files into one initramfs.</summary>
    /// <param name="files">Full paths of images and members, in order.</param>
    /// <param name="output">Where the initramfs goes.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>Length of the initramfs in bytes.</returns>
    /// <exception cref="MegatuxException">A file is not there or cannot be read; nothing is written.</exception>
    public static async Task<long> JoinAsync(IReadOnlyList<string> files, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(output);
        JoinedContent content = Content(files);
        Stream input = content.Open();
        await using (input.ConfigureAwait(false))
            await input.CopyToAsync(output, cancellation).ConfigureAwait(false);
        return content.Length;
    }

    /// <summary>Reads the same initramfs from its files, without writing it.</summary>
    /// <exception cref="MegatuxException">A file is not there or cannot be read.</exception>
    internal static ImageReader Open(IReadOnlyList<string> files) => ImageReader.Open(Content(files).Open(), string.Join(" + ", files));

    /// <summary>The bytes of the same initramfs.</summary>
    /// <exception cref="MegatuxException">A file is not there or cannot be read.</exception>
    internal static JoinedContent Content(IReadOnlyList<string> files) => new([.. files.Select(file =>
    {
        using FileStream input = OpenInput(file);
        return new FileContent(file, input.Length);
    })]);

    private static FileStream OpenInput(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MegatuxException(ErrorCodes.BootFileMissing,
                $"{file}, which the manifest names, is not there: build the experiment again.", inner: missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.InputUnreadable, $"{file} cannot be read: {unreadable.Message}", inner: unreadable);
        }
    }
}
