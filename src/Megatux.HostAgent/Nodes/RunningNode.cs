using Megatux.Agents;
using Megatux.Hypervisors;

namespace Megatux.HostAgent;

/// <summary>A node's machine, with what comes from it. All that a node sends is only recorded, and all of it is bounded.</summary>
internal sealed class RunningNode : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1), SendLimit = TimeSpan.FromSeconds(5);

    private readonly Machine _machine;
    private readonly ConsoleLog _log;
    private readonly Outbox? _outbox;
    private volatile bool _isSilent, _isCut;
    private bool _isDeaf;

    internal RunningNode(Machine machine, ConsoleLog log)
    {
        _machine = machine;
        _log = log;
        _outbox = machine.Channel is { } channel ? new Outbox(new FrameWriter(channel), machine.ChannelWindow) : null;
    }

    /// <summary>Memory of this machine that the node takes now, in bytes.</summary>
    internal long MemoryUsed => _machine.MemoryUsed();

    /// <summary>Processor time that the node has taken.</summary>
    internal TimeSpan CpuTime => _machine.CpuTime();

    /// <summary>The first process of the machine, as this host numbers processes.</summary>
    internal int Pid => _machine.Pid;

    /// <summary>Whether the node has a channel by which it can be asked to end.</summary>
    internal bool CanBeTold => _outbox is not null;

    /// <summary>True once the node's channel has ended: it answers nothing more. From any thread.</summary>
    internal bool IsSilent => _isSilent;

    /// <summary>Reads console and channel until the machine has ended, and what it wrote last.</summary>
    /// <param name="received">Is told of every message, of kinds that this version knows or not.</param>
    /// <param name="silenced">Is told when no more can come.</param>
    internal async Task<int> FollowAsync(Func<ChannelKind, ReadOnlyMemory<byte>, ValueTask> received, Action silenced)
    {
        Task read = Task.WhenAll(ReadConsoleAsync(), HearAsync(received, silenced));
        try
        {
            return await _machine.Exit.ConfigureAwait(false);
        }
        finally
        {
            // Not longer: a process of the machine's that got away may hold its console open.
            await Task.WhenAny(read, Task.Delay(LastWords)).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the node to end.</summary>
    internal void Tell(EndOfMachine end) => Send(ChannelKind.Stop, [(byte)end]);

    /// <summary>
    /// Sends a message down; waits where too many wait already, and closes the channel of a node that reads none of them. From any
    /// thread.
    /// </summary>
    internal void Send(ChannelKind kind, byte[] payload) => Send(kind, payload, SendLimit);

    /// <summary>Sends a message down without waiting: where too many wait already, its channel is closed.</summary>
    internal void SendLater(ChannelKind kind, byte[] payload) => Send(kind, payload, TimeSpan.Zero);

    /// <summary>Writes to the node's console. What a node does not read is lost, and it is not written to again.</summary>
    internal void Type(ReadOnlySpan<byte> bytes)
    {
        if (_isDeaf)
            return;
        try
        {
            _machine.Console.Write(bytes);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // Its end is noticed elsewhere.
            _isDeaf = true;
        }
    }

    /// <summary>Has the node give back what memory it took to come up and no longer uses.</summary>
    internal void GiveBackFreed() => _machine.GiveBackFreed();

    /// <summary>Shows the node's machine a file as a block device that it can only read.</summary>
    /// <returns>The device's path in the machine.</returns>
    internal string Attach(string path) => _machine.Attach(path);

    /// <summary>Ends the machine at once.</summary>
    internal void Kill() => _machine.Kill();

    /// <inheritdoc/>
    public void Dispose() => _machine.Dispose();

    private void Send(ChannelKind kind, byte[] payload, TimeSpan patience)
    {
        if (_outbox is null || _isCut || _outbox.TryAdd(kind, payload, patience))
            return;
        _isCut = true;
        _machine.Channel?.Dispose();
    }

    private async Task ReadConsoleAsync()
    {
        byte[] buffer = new byte[2048];
        while (await ReadAsync(_machine.Console, buffer).ConfigureAwait(false) is > 0 and int read)
            _log.Append(buffer.AsMemory(0, read));
    }

    private async Task HearAsync(Func<ChannelKind, ReadOnlyMemory<byte>, ValueTask> received, Action silenced)
    {
        await ReadChannelAsync(received).ConfigureAwait(false);
        _isSilent = true;
        silenced();
    }

    private async Task ReadChannelAsync(Func<ChannelKind, ReadOnlyMemory<byte>, ValueTask> received)
    {
        if (_machine.Channel is not { } channel)
            return;
        var frames = new FrameReader();
        while (await ReadAsync(channel, frames.Room()).ConfigureAwait(false) is > 0 and int read)
        {
            frames.Add(read);
            while (frames.TryTake(out ChannelKind kind, out ReadOnlyMemory<byte> payload))
                if (kind == ChannelKind.Taken)
                    _outbox!.Taken(payload.Span);
                else
                    await received(kind, payload).ConfigureAwait(false);
            if (!frames.IsBroken)
                continue;

            // What it sends from now on has no meaning. It goes on running, and is not up.
            channel.Dispose();
            return;
        }
    }

    private static async ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer).ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
