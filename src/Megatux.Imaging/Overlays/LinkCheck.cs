using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Checks where an overlay's links lead once the image is whole. A link that works on the machine that builds may lead
/// nowhere in the image, and nobody would know before it boots.
/// </summary>
internal static class LinkCheck
{
    /// <summary>What only the running system fills: links into these are right though nothing is there yet.</summary>
    private static readonly string[] FilledAtRunTime = ["proc", "sys", "dev", "run", "tmp", "var/run", "var/tmp"];

    /// <summary>Finds the links among <paramref name="entries"/> that leave the image or point to nothing in it.</summary>
    internal static void Run(IEnumerable<ImageEntry> entries, ImageStack image, bool allowDangling, string? subject)
    {
        foreach (ImageEntry link in entries)
        {
            if (link.Kind != EntryKind.SymbolicLink)
                continue;
            string folder = image.Resolve(ImagePath.FolderOf(link.Path), followLast: true) ?? "";
            if (ImagePath.Normalize(folder, link.LinkTarget!) is not { } target)
                throw new MegatuxException(ErrorCodes.LinkLeavesImage,
                    $"The link {link.Origin} points to {link.LinkTarget}, which climbs out of the image: make it end inside.", subject);
            if (allowDangling || target.Length == 0 || IsFilledAtRunTime(target) || IsThere(target, image))
                continue;
            throw new MegatuxException(ErrorCodes.LinkDangles,
                $"The link {link.Origin} points to {link.LinkTarget}, but the image has no /{target}{Hint(link)}: add it, correct the link, or set AllowDanglingLinks=\"true\" on the overlay.", subject);
        }
    }

    private static bool IsFilledAtRunTime(string target) =>
        Array.Exists(FilledAtRunTime, folder => target == folder || target.StartsWith(folder + "/", StringComparison.Ordinal));

    private static bool IsThere(string target, ImageStack image) =>
        image.Resolve(target, followLast: true) is { } real && (real.Length == 0 || image.TryFind(real, out _) || IsFilledAtRunTime(real));

    private static string Hint(ImageEntry link) =>
        link.LinkTarget!.StartsWith('/') && Path.Exists(link.LinkTarget) ? " (this machine has it, which does not help the image)" : "";
}
