using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Megatux.Hypervisors.Tests;

/// <summary>Answers at the management console in a folder, as a guest may that has taken its kernel over.</summary>
internal sealed class FakeUmlKernel : IDisposable
{
    private const int HeaderLength = 12, LookMs = 50, LongestName = 107;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Func<string, IEnumerable<byte[]>> _answers;
    private readonly List<string> _commands = [];
    private readonly Thread _thread;
    private volatile bool _ends;

    /// <param name="folder">The machine's folder.</param>
    /// <param name="answers">The datagrams that answer a command, one after the other.</param>
    internal FakeUmlKernel(string folder, Func<string, IEnumerable<byte[]>> answers)
    {
        _answers = answers;
        Directory.CreateDirectory(Path.Combine(folder, "uml"));
        _socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "uml/mconsole")));
        _socket.ReceiveTimeout = _socket.SendTimeout = LookMs;
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>An answer of the form that the kernel's have.</summary>
    internal static byte[] Answer(string text, bool more = false) => [0, 0, 0, 0, more ? (byte)1 : (byte)0, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text), 0];

    /// <summary>What it was asked, once nobody asks any more.</summary>
    internal string[] End()
    {
        _ends = true;
        _thread.Join();
        return [.. _commands];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _socket.Dispose();
    }

    private void Serve()
    {
        byte[] buffer = new byte[UmlConsoleFormat.MessageLength];
        while (!_ends || _socket.Available > 0)
        {
            // Long enough for any name to take its place.
            EndPoint asker = new UnixDomainSocketEndPoint(new string('x', LongestName));
            try
            {
                int length = _socket.ReceiveFrom(buffer, ref asker);
                string command = Encoding.ASCII.GetString(buffer, HeaderLength, length - HeaderLength).TrimEnd('\0');
                _commands.Add(command);
                foreach (byte[] answer in _answers(command).TakeWhile(_ => !_ends))
                    _socket.SendTo(answer, asker);
            }
            catch (SocketException)
            {
                // Nobody asked, or whoever did does not listen any more.
            }
        }
    }
}
