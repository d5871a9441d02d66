using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Megatux.Linux;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Agents;

/// <summary>
/// The machine's end of its channel: messages from whoever launched it. Reading blocks its thread; writing is safe from any.
/// </summary>
/// <param name="pipe">The pipe.</param>
/// <param name="isLine">Whether it is a terminal line, over which is said how much was taken from it.</param>
public sealed class MachineChannel(Stream pipe, bool isLine = false) : IDisposable
{
    private const string DescriptorPrefix = "fd:";

    private static readonly TimeSpan DeviceLimit = TimeSpan.FromSeconds(10), DevicePause = TimeSpan.FromMilliseconds(5);

    private readonly FrameWriter _writer = new(pipe);

    /// <summary>
    /// Opens a channel: <c>fd:N</c> for a descriptor that is open already, else a device; a terminal line is made to pass
    /// bytes as they are. Drivers make their devices when they please, so that one that is not there yet is waited for.
    /// </summary>
    /// <returns>The channel; null if there is none, which is said where there should be one.</returns>
    public static MachineChannel? TryOpen(string? device)
    {
        if (device is null)
            return null;
        if (device.StartsWith(DescriptorPrefix, StringComparison.Ordinal) && int.TryParse(device.AsSpan(DescriptorPrefix.Length), out int number))
            return new MachineChannel(new FileStream(new SafeFileHandle(number, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0));
        var clock = Stopwatch.StartNew();
        while (!File.Exists(device) && clock.Elapsed < DeviceLimit)
            Thread.Sleep(DevicePause);
        if (!File.Exists(device))
        {
            FirstProcess.Say($"there is no {device}, by which whoever started this machine wants to hear from it: does its image lack a kernel module?");
            return null;
        }

        var pipe = new FileStream(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        bool isLine = Terminal.Is(pipe.SafeFileHandle);
        if (isLine)
            Terminal.SetRaw(pipe.SafeFileHandle);
        return new MachineChannel(pipe, isLine);
    }

    /// <summary>Is told of every message.</summary>
    public delegate void Receiver(ChannelKind kind, ReadOnlySpan<byte> payload);

    /// <summary>Sends a message; one that nobody can take any more is lost.</summary>
    public void Send(ChannelKind kind, ReadOnlySpan<byte> payload) => _writer.Send(kind, payload);

    /// <summary>Sends messages, together where they are short; those that nobody can take any more are lost.</summary>
    public void Send(ReadOnlySpan<(ChannelKind Kind, byte[] Payload)> messages) => _writer.Send(messages);

    /// <summary>Sends a text, cut where it is longer than a message may be.</summary>
    public void Send(ChannelKind kind, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Send(kind, bytes.AsSpan(0, Math.Min(bytes.Length, ChannelFrame.LongestPayload)));
    }

    /// <summary>Receives until the channel ends or something comes that is no message.</summary>
    public void Receive(Receiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        var frames = new FrameReader();
        long taken = 0, told = 0;
        while (!frames.IsBroken && Read(frames.Room().Span) is > 0 and int read)
        {
            frames.Add(read);
            taken += read;
            if (isLine && taken - told >= ChannelFrame.LineStep)
                TellTaken(told = taken);
            while (frames.TryTake(out ChannelKind kind, out ReadOnlyMemory<byte> payload))
                receiver(kind, payload.Span);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => pipe.Dispose();

    private void TellTaken(long bytes)
    {
        Span<byte> payload = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(payload, bytes);
        Send(ChannelKind.Taken, payload);
    }

    private int Read(Span<byte> buffer)
    {
        try
        {
            return pipe.Read(buffer);
        }
        catch (IOException)
        {
            // A terminal whose other end is gone.
            return 0;
        }
    }
}
