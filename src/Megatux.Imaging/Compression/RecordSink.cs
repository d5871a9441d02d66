namespace Megatux.Imaging;

/// <summary>Where an archive's bytes go: compressed or not, told where records end so that it can cut there.</summary>
internal abstract class RecordSink : IDisposable
{
    /// <summary>Takes the next bytes of the archive.</summary>
    internal abstract void Write(ReadOnlySpan<byte> bytes);

    /// <summary>A whole, padded record has been written: a compressed piece may end here, and nowhere else.</summary>
    internal virtual void EndRecord()
    {
    }

    /// <summary>All has been written: compresses and writes out what is still held.</summary>
    internal abstract void Complete();

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>Writes the archive as it is.</summary>
internal sealed class PlainSink(Stream output) : RecordSink
{
    internal override void Write(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    internal override void Complete() => output.Flush();

    public override void Dispose()
    {
        // The stream is the caller's.
    }
}
