using System.Globalization;
using System.Security.Cryptography;

namespace Megatux.Imaging.Tests;

/// <summary>Entries as lines of text, so that a difference can be read.</summary>
internal static class EntryText
{
    public static string Describe(IEnumerable<ImageEntry> entries) =>
        string.Join('\n', entries.OrderBy(e => e.Path, StringComparer.Ordinal).Select(Describe));

    public static string Describe(ImageEntry e) => string.Create(CultureInfo.InvariantCulture,
        $"{e.Path} {e.Kind} {Convert.ToString(e.Mode, 8)} {e.Uid}:{e.Gid}{(e.LinkTarget is null ? "" : " -> " + e.LinkTarget)}{(e.HardLinkTo is null ? "" : " = " + e.HardLinkTo)}{(e.DeviceMajor + e.DeviceMinor == 0 ? "" : $" {e.DeviceMajor},{e.DeviceMinor}")}{(e.Implicit ? " implicit" : "")}{(e.Content is null ? "" : " " + Digest(e.Content))}");

    public static string Text(ImageEntry entry)
    {
        using var reader = new StreamReader(entry.Content!.Open());
        return reader.ReadToEnd();
    }

    private static string Digest(Content content)
    {
        using Stream stream = content.Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        Assert.Equal(content.Length, copy.Length);
        return $"{copy.Length} bytes {Convert.ToHexString(SHA256.HashData(copy.ToArray()))[..16]}";
    }
}
