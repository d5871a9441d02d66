using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Megatux.Imaging;

/// <summary>Writes the archive as one zstd frame, compressed by as many threads as there are processors.</summary>
internal sealed class ZstdSink : RecordSink
{
    private readonly CompressionStream _stream;

    internal ZstdSink(Stream output, int level)
    {
        _stream = new CompressionStream(output, level, leaveOpen: true);
        _stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);

        // The bytes do not depend on how many workers there are, only on there being any.
        _stream.SetParameter(ZSTD_cParameter.ZSTD_c_nbWorkers, Math.Max(1, Environment.ProcessorCount));
    }

    internal override void Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    internal override void Complete() => _stream.Dispose();

    public override void Dispose() => _stream.Dispose();
}
