namespace Megatux.Imaging;

/// <summary>One part of an image: a member as it lies in the cache, or files put in uncompressed on the way.</summary>
internal abstract record JoinPart
{
    /// <summary>A packed member.</summary>
    internal sealed record Packed(Member Member) : JoinPart;

    /// <summary>Files that are compressed already (kernels, images): an archive of their own, written while joining.</summary>
    internal sealed record Plain(IReadOnlyList<ImageEntry> Entries) : JoinPart;
}

/// <summary>
/// Joins members into an image. buffer-format: an initramfs is any number of archives, compressed or not, one behind the
/// other, with zeros between them.
/// </summary>
internal static class ImageJoin
{
    private const int CopyLength = 1 << 18;

    internal static void Write(Stream output, IReadOnlyList<JoinPart> parts, uint modifiedAt, CancellationToken cancellation)
    {
        foreach (JoinPart part in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (part)
            {
                case JoinPart.Packed packed:
                    using (FileStream member = File.OpenRead(packed.Member.Path))
                        member.CopyTo(output, CopyLength);
                    break;
                case JoinPart.Plain plain:
                    MemberWriter.Write(output, plain.Entries, Compression.None, modifiedAt, cancellation);
                    break;
            }

            // An uncompressed archive must start at a multiple of 4 in the whole image.
            ReadOnlySpan<byte> zeros = [0, 0, 0];
            output.Write(zeros[..CpioFormat.Padding(output.Position)]);
        }
    }
}
