namespace Megatux.Imaging;

/// <summary>
/// An image of packed members, as a file in another image: read from the members, so that it need not be written first.
/// </summary>
internal sealed class JoinedContent(IReadOnlyList<Member> members) : Content
{
    /// <inheritdoc/>
    public override long Length { get; } = members.Sum(member => member.Length + CpioFormat.Padding(member.Length));

    /// <inheritdoc/>
    public override Stream Open() => new Joined(members);

    private sealed class Joined(IReadOnlyList<Member> members) : ForwardStream
    {
        private int _next;
        private FileStream? _member;
        private int _padding;

        public override int Read(Span<byte> buffer)
        {
            while (!buffer.IsEmpty)
            {
                if (_member?.Read(buffer) is > 0 and int read)
                    return read;
                if (_padding > 0)
                {
                    int zeros = Math.Min(_padding, buffer.Length);
                    buffer[..zeros].Clear();
                    _padding -= zeros;
                    return zeros;
                }

                if (_next == members.Count)
                    break;
                _member?.Dispose();
                Member member = members[_next++];
                _member = new FileStream(member.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                _padding = CpioFormat.Padding(member.Length);
            }

            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _member?.Dispose();
            base.Dispose(disposing);
        }
    }
}
