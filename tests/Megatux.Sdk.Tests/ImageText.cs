using Megatux.Imaging;

namespace Megatux.Sdk.Tests;

/// <summary>What is in an image, read back through all of its members.</summary>
internal static class ImageText
{
    /// <summary>The entry that a kernel ends up with at a path: the last member's; null if none has it.</summary>
    public static ImageEntry? Find(string image, string path)
    {
        using ImageReader reader = ImageReader.Open(image);
        ImageEntry? found = null;
        while (reader.Next() is { } record)
            if (record.Entry.Path == path)
                found = record.Entry;
        return found;
    }

    /// <summary>All paths, those of later members after those of earlier ones.</summary>
    public static List<string> Paths(string image)
    {
        using ImageReader reader = ImageReader.Open(image);
        var paths = new List<string>();
        while (reader.Next() is { } record)
            paths.Add(record.Entry.Path);
        return paths;
    }

    /// <summary>Contents of a file as a kernel ends up with it.</summary>
    public static byte[] Bytes(string image, string path)
    {
        using ImageReader reader = ImageReader.Open(image);
        byte[]? found = null;
        while (reader.Next() is { } record)
        {
            if (record.Entry.Path != path)
                continue;
            found = new byte[record.Length];
            for (int done = 0; done < found.Length;)
                done += reader.ReadContent(found.AsSpan(done));
        }

        return found ?? throw new InvalidOperationException($"{image} has no {path}");
    }

    /// <summary>Contents of a text file as a kernel ends up with it.</summary>
    public static string Text(string image, string path) => System.Text.Encoding.UTF8.GetString(Bytes(image, path));
}
