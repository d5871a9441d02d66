using System.Diagnostics;
using System.Net.Sockets;
using Megatux.Model;

namespace Megatux.Tree;

/// <summary>A socket that the root of an experiment serves its owner by, as a client reaches it: also while the root goes and comes back.</summary>
/// <param name="path">Its path.</param>
/// <param name="unreachable">The code of the error that nobody is there.</param>
public sealed class OwnerSocket(string path, string unreachable)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a root that was killed is waited for at first: its launcher starts another at once.</summary>
    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(3);

    /// <summary>Sees that somebody is there.</summary>
    /// <param name="nobody">What it means when nobody is: "Nobody takes jobs".</param>
    /// <exception cref="MegatuxException">Nobody is there.</exception>
    public void Find(string nobody)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Open().Dispose();
                return;
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && clock.Elapsed < RestartLimit)
            {
                // There was a root, which may be about to come back.
                Thread.Sleep(RetryPause);
            }
            catch (SocketException refused)
            {
                throw new MegatuxException(unreachable, $"{nobody} at {path} ({refused.Message}): see megatux status whether the experiment runs.", inner: refused);
            }
        }
    }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="SocketException">Nobody is there.</exception>
    public NetworkStream Open()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Does something over a connection, and again over another while the root goes and comes back.</summary>
    /// <param name="attempt">What to do; done again after it failed as connections do.</param>
    /// <param name="limit">How long the root may be away.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MegatuxException">The root did not come back in time.</exception>
    public async Task<T> PersistAsync<T>(Func<Task<T>> attempt, TimeSpan limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is IOException or SocketException or InvalidDataException)
            {
                if (clock.Elapsed > limit)
                    throw new MegatuxException(unreachable,
                        $"The root is gone for {limit.TotalSeconds:0} s ({gone.Message}): see megatux status whether the experiment runs.", inner: gone);
            }

            await Task.Delay(RetryPause, cancellation).ConfigureAwait(false);
        }
    }
}
