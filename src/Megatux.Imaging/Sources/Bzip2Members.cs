using ICSharpCode.SharpZipLib.BZip2;

namespace Megatux.Imaging;

/// <summary>Unpacks bzip2 streams, one after another, as parallel packers write them; the library stops after the first.</summary>
internal sealed class Bzip2Members(PeekStream inner) : ForwardStream
{
    private BZip2InputStream _current = Start(inner);

    public override int Read(Span<byte> buffer)
    {
        byte[] rented = System.Buffers.ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            int got;
            while ((got = _current.Read(rented, 0, buffer.Length)) <= 0 && !inner.Peek(1).IsEmpty)
            {
                _current.Dispose();
                _current = Start(inner);
            }

            rented.AsSpan(0, got).CopyTo(buffer);
            return got;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _current.Dispose();
        base.Dispose(disposing);
    }

    // The library takes a stream without the signature for an empty one.
    private static BZip2InputStream Start(PeekStream inner) =>
        inner.Peek(ArchiveFormat.Bzip2Magic.Length).SequenceEqual(ArchiveFormat.Bzip2Magic)
            ? new BZip2InputStream(inner) { IsStreamOwner = false }
            : throw new InvalidDataException("there is garbage after the end of the bzip2 data");
}
