using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Megatux.Tree;

/// <summary>How the sockets of links are set up, and what they fail with.</summary>
internal static class LinkSocket
{
    /// <summary>Limits what the kernel keeps for a link. Sockets that are accepted have it from the one that listens.</summary>
    public static void LimitBuffers(Socket socket)
    {
        socket.SendBufferSize = LinkLimits.KernelBuffer;
        socket.ReceiveBufferSize = LinkLimits.KernelBuffer;
    }

    /// <summary>The stream that TLS is spoken on; the socket is closed with it.</summary>
    public static SslStream Secure(Socket socket)
    {
        // What is sent was gathered already.
        socket.NoDelay = true;
        return new SslStream(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Ends what is sent and received on a socket, both ways.</summary>
    public static void ShutDown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
    }

    /// <summary>Whether this is a connection's or handshake's failure, which is to be expected, and no defect.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException;
}
