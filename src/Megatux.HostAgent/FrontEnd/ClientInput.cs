namespace Megatux.HostAgent;

/// <summary>What a client of the front-end types.</summary>
internal static class ClientInput
{
    /// <summary>Reads until the client ends.</summary>
    internal static void Read(Stream client, Action<byte[]> typed)
    {
        byte[] buffer = new byte[256];
        while (client.Read(buffer) is > 0 and int read)
            typed(buffer[..read]);
    }
}
