using ICSharpCode.SharpZipLib.GZip;

namespace Megatux.Imaging;

/// <summary>
/// Unpacks gzip members, one after another. The library ends quietly at anything that is not another member; gzip and
/// tar call that an error, and so do we, save for the zeros with which tapes are padded.
/// </summary>
internal sealed class GzipMembers(Stream inner) : GZipInputStream(inner, BufferLength)
{
    private const int BufferLength = 1 << 16;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int got = base.Read(buffer, offset, count);
        if (got == 0 && count > 0)
            RefuseGarbage();
        return got;
    }

    private void RefuseGarbage()
    {
        byte[] rest = new byte[512];
        while (true)
        {
            if (inputBuffer.Available <= 0)
                inputBuffer.Fill();
            if (inputBuffer.Available <= 0)
                return;

            // Not more than there is: at the end of the file the library gives nothing instead of the rest.
            int got = inputBuffer.ReadRawBuffer(rest, 0, Math.Min(rest.Length, inputBuffer.Available));
            if (rest.AsSpan(0, got).ContainsAnyExcept((byte)0))
                throw new InvalidDataException("there is garbage after the end of the gzip data");
        }
    }
}
