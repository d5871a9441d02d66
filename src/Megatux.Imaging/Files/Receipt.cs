using System.Globalization;
using System.Text;

namespace Megatux.Imaging;

/// <summary>Written beside or for an output once it is whole: what it was made from, and how the file looked then.</summary>
/// <param name="Key">Digest of all that decides the bytes.</param>
/// <param name="SourceKey">What a dear source was known by; empty where that is not used.</param>
/// <param name="Digest">SHA-256 of the output.</param>
/// <param name="Length">Bytes of the output.</param>
/// <param name="UnpackedLength">Bytes of the files in it.</param>
/// <param name="ChangedAtNs">The output's change time: nobody can set it, so an output with another one was touched.</param>
internal sealed record Receipt(string Key, string SourceKey, string Digest, long Length, long UnpackedLength, long ChangedAtNs)
{
    private const int LineCount = 6;

    /// <summary>True when the output still is as it was left.</summary>
    internal bool Fits(string output)
    {
        FileSignature now = FileSignature.Of(output);
        return now.CtimeNs == ChangedAtNs && now.Size == Length;
    }

    internal static Receipt? TryRead(string path)
    {
        string[] line = File.Exists(path) ? File.ReadAllLines(path) : [];
        return line.Length == LineCount && TryNumber(line[3], out long length) && TryNumber(line[4], out long unpacked) && TryNumber(line[5], out long changedAt)
            ? new Receipt(line[0], line[1], line[2], length, unpacked, changedAt)
            : null;
    }

    internal void Write(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Key}\n{SourceKey}\n{Digest}\n{Length}\n{UnpackedLength}\n{ChangedAtNs}\n"))));

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
