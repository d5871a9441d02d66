namespace Megatux.Imaging;

/// <summary>
/// An image that is a join of files, read from these files, so that it need not be written first: as a file in another
/// image, or to be unpacked.
/// </summary>
internal sealed class JoinedContent(IReadOnlyList<FileContent> files) : Content
{
    /// <summary>A join of members.</summary>
    internal JoinedContent(IReadOnlyList<Member> members)
        : this([.. members.Select(member => new FileContent(member.Path, member.Length))])
    {
    }

    /// <inheritdoc/>
    public override long Length { get; } = files.Sum(file => file.Length + CpioFormat.Padding(file.Length));

    /// <inheritdoc/>
    public override Stream Open() => new Joined(files);

    private sealed class Joined(IReadOnlyList<FileContent> files) : ForwardStream
    {
        private int _next;
        private Stream? _file;
        private int _padding;

        public override int Read(Span<byte> buffer)
        {
            while (!buffer.IsEmpty)
            {
                if (_file?.Read(buffer) is > 0 and int read)
                    return read;
                if (_padding > 0)
                {
                    int zeros = Math.Min(_padding, buffer.Length);
                    buffer[..zeros].Clear();
                    _padding -= zeros;
                    return zeros;
                }

                if (_next == files.Count)
                    break;
                _file?.Dispose();
                FileContent file = files[_next++];
                _file = file.Open();

                // An uncompressed archive must start at a multiple of 4 in the whole image.
                _padding = CpioFormat.Padding(file.Length);
            }

            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _file?.Dispose();
            base.Dispose(disposing);
        }
    }
}
