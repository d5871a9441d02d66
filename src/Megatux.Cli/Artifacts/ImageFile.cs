namespace Megatux.Cli;

/// <summary>A regular file in an image.</summary>
/// <param name="Image">The file that holds it, by its name among the artifacts.</param>
/// <param name="Member">Number of the member that holds it, counted from 1; 0 for a file that lies beside the images.</param>
/// <param name="Path">Its path in the image, without a slash before it.</param>
/// <param name="Md5">MD5 of its contents in hexadecimal: Debian knows its files by that.</param>
/// <param name="Sha256">SHA-256 of its contents in hexadecimal.</param>
internal sealed record ImageFile(string Image, int Member, string Path, string Md5, string Sha256)
{
    /// <summary>Where it is, for people and programs.</summary>
    internal string Place => Member == 0 ? Image : $"{Image}:/{Imaging.PathText.Show(Path)}";
}
