using System.Net.Sockets;
using System.Runtime.InteropServices;
using Megatux.Linux;

namespace Megatux.Hypervisors;

/// <summary>A two-way byte pipe to a process that is to be started. Ours is a socket, which waits without a thread.</summary>
internal sealed class MachinePipe : IDisposable
{
    /// <param name="sendLimitMs">
    /// How long a machine may leave what is sent to it lying, once the pipe is full, in milliseconds: then it does not mean to
    /// read, and whoever sends has others to care for.
    /// </param>
    internal MachinePipe(int sendLimitMs)
    {
        (SafeHandle ours, SafeHandle theirs) = SocketPair.Create();
        Theirs = theirs;
        Ours = new NetworkStream(new Socket(new SafeSocketHandle(ours.DangerousGetHandle(), ownsHandle: true)), ownsSocket: true);
        ours.SetHandleAsInvalid();
        Ours.Socket.SendTimeout = sendLimitMs;
    }

    /// <summary>Our end.</summary>
    internal NetworkStream Ours { get; }

    /// <summary>The other end, for the process; to be closed here once that has it.</summary>
    internal SafeHandle Theirs { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Theirs.Dispose();
        Ours.Dispose();
    }
}
