using Microsoft.Win32.SafeHandles;

namespace Megatux.Imaging;

/// <summary>A file's contents inside the one file that an archive's contents were unpacked to.</summary>
internal sealed class SpoolContent(string path, long offset, long length) : Content
{
    public override long Length { get; } = length;

    public override Stream Open() => new Slice(path, offset, Length);

    private sealed class Slice(string path, long offset, long length) : ForwardStream
    {
        private readonly SafeFileHandle _file = File.OpenHandle(path);
        private readonly long _end = offset + length;
        private long _at = offset;

        public override int Read(Span<byte> buffer)
        {
            int wanted = (int)Math.Min(buffer.Length, _end - _at);
            int got = wanted == 0 ? 0 : RandomAccess.Read(_file, buffer[..wanted], _at);
            if (got == 0 && wanted > 0)
                throw new EndOfStreamException("The spool file is shorter than when it was written.");
            _at += got;
            return got;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _file.Dispose();
            base.Dispose(disposing);
        }
    }
}
