using System.Globalization;
using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>
/// A network namespace (network_namespaces(7)), held by a descriptor: it lives as long as that, a process or a device in it
/// does. A namespace is a thread's, so that work in another one has a thread of its own.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private const string OfThread = "/proc/thread-self/ns/net";

    private NetworkNamespace(string path)
    {
        Handle = NativeNetwork.Open(path, NativeNetwork.ReadOnly | NativeNetwork.CloseOnExec);
        if (Handle.IsInvalid)
            throw NativeNetwork.Failure(path);
    }

    /// <summary>The descriptor, closed on exec.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Makes a namespace, in which there is nothing but the loopback device, up.</summary>
    /// <exception cref="UnauthorizedAccessException">Only root of the user namespace may.</exception>
    /// <exception cref="IOException">The kernel has no room for more, or the process too many open files.</exception>
    public static NetworkNamespace Create() => OnThread(() =>
    {
        if (NativeNetwork.Unshare(NativeNetwork.NewNetworkNamespace) != 0)
            throw NativeNetwork.Failure("new network namespace");
        using var setup = NetworkSetup.Open();
        setup.SetUp("lo");
        setup.Commit();
        return new NetworkNamespace(OfThread);
    });

    /// <summary>Opens the namespace of a process.</summary>
    /// <param name="pid">The process, above 0.</param>
    /// <exception cref="UnauthorizedAccessException">The process is another user's.</exception>
    /// <exception cref="IOException">There is no such process.</exception>
    public static NetworkNamespace Of(int pid)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pid);
        return new NetworkNamespace(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/net"));
    }

    /// <summary>
    /// Runs work on a new thread that has entered the namespace, and waits for it. Sockets that it opens and programs that it
    /// starts belong to the namespace; what it awaits goes on elsewhere, outside.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">Only root of the namespace may enter it.</exception>
    public T Run<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return OnThread(() =>
        {
            if (NativeNetwork.EnterNamespace(Handle, NativeNetwork.NewNetworkNamespace) != 0)
                throw NativeNetwork.Failure("enter network namespace");
            return work();
        });
    }

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public void Run(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Run(() =>
        {
            work();
            return true;
        });
    }

    /// <summary>Closes the descriptor. Nothing is left of the namespace if nobody else has it.</summary>
    public void Dispose() => Handle.Dispose();

    // The thread ends with its work: no other work ever runs in its namespace.
    private static T OnThread<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }) { IsBackground = true, Name = "network namespace" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
