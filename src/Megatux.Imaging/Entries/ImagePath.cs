namespace Megatux.Imaging;

/// <summary>Paths inside images: relative, '/' between components, no "." and no "..".</summary>
internal static class ImagePath
{
    /// <summary>More links than this on one way are taken for a loop, as the kernel does (ELOOP).</summary>
    internal const int MaxLinks = 40;

    /// <summary>The path of the folder that holds <paramref name="path"/>; empty for the root.</summary>
    internal static string ParentOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    internal static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    internal static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    /// <summary>
    /// Resolves what <paramref name="target"/> means in a link that lies in <paramref name="folder"/>: null when it climbs
    /// out of the root. An absolute target starts at the image's root.
    /// </summary>
    internal static string? Combine(string folder, string target)
    {
        var parts = new List<string>();
        if (!target.StartsWith('/') && folder.Length > 0)
            parts.AddRange(folder.Split('/'));
        foreach (string part in target.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }
}
