using System.Buffers;

namespace Megatux.Sexp;

public sealed partial class Datum
{
    /// <summary>The text that reads as this datum, with single spaces.</summary>
    public byte[] ToUtf8()
    {
        var output = new ArrayBufferWriter<byte>();
        new SexpWriter(output).Write(this);
        return output.WrittenSpan.ToArray();
    }
}
