using System.Buffers;
using System.Text;

namespace Megatux.Cli;

/// <summary>
/// Where a command writes what nodes wrote: byte by byte into files and pipes; made safe to show on a terminal, which obeys
/// escape sequences. Written when <see cref="Flush"/> is called, or when there is much.
/// </summary>
internal sealed class ByteOutput
{
    private const int Much = 64 << 10;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly TextWriter _writer;
    private readonly Stream? _stream;
    private readonly bool _isTerminal;

    private ByteOutput(TextWriter writer, Stream? stream, bool isTerminal) => (_writer, _stream, _isTerminal) = (writer, stream, isTerminal);

    /// <summary>Standard output.</summary>
    internal static ByteOutput Of(TextWriter output) => new(output, StandardOutput.Bytes(output), StandardOutput.IsTerminal(output));

    /// <summary>Standard error.</summary>
    internal static ByteOutput OfError(TextWriter error) => ReferenceEquals(error, Console.Error)
        ? new ByteOutput(error, Console.OpenStandardError(), !Console.IsErrorRedirected) : new ByteOutput(error, null, isTerminal: false);

    /// <summary>Writes a line.</summary>
    /// <param name="label">What stands before it.</param>
    /// <param name="text">The line that a node wrote, without its end.</param>
    internal void Line(string label, ReadOnlySpan<byte> text = default)
    {
        Write(Encoding.UTF8.GetBytes(label));
        Write(_isTerminal ? Encoding.UTF8.GetBytes(ConsoleText.Printable(Encoding.UTF8.GetString(text).TrimEnd('\r'))) : text);
        Write("\n"u8);
    }

    /// <summary>Writes bytes as they are.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        if (_buffer.WrittenCount > Much)
            Flush();
    }

    /// <summary>Has all appear that was written.</summary>
    internal void Flush()
    {
        if (_buffer.WrittenCount == 0)
            return;
        if (_stream is not null)
            _stream.Write(_buffer.WrittenSpan);
        else
            _writer.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        _stream?.Flush();
        _buffer.ResetWrittenCount();
    }
}
