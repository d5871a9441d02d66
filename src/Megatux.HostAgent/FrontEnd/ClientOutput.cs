namespace Megatux.HostAgent;

/// <summary>Where others write what a client follows, until it is gone.</summary>
internal sealed class ClientOutput(Stream client) : IDisposable
{
    private readonly Lock _access = new();
    private bool _gone;

    /// <summary>Writes; false when nobody reads any more.</summary>
    internal bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        lock (_access)
        {
            if (_gone)
                return false;
            try
            {
                client.Write(bytes);
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                _gone = true;
            }

            return !_gone;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_access)
            _gone = true;
    }
}
