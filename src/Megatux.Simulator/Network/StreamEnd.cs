using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>One end of a stream, with what it sends to the other: in order, as long as both are there.</summary>
internal sealed class StreamEnd(long rank)
{
    private readonly Queue<(TreeMessage? Message, int Size, TimeSpan Due)> _flight = new();

    /// <summary>The host whose end it is.</summary>
    internal long Rank { get; } = rank;

    /// <summary>Null until the stream is open.</summary>
    internal VirtualDaemon? Owner { get; set; }

    /// <summary>Its number at the owner.</summary>
    internal long Link { get; set; }

    internal StreamEnd Other { get; set; } = null!;

    /// <summary>Whether the owner has it still.</summary>
    internal bool IsOpen { get; set; } = true;

    /// <summary>Bytes that the other end's owner has not taken yet.</summary>
    internal long Queued { get; private set; }

    /// <summary>Bytes of programs that are in flight.</summary>
    internal long ProgramBytes => _flight.Sum(sent => sent.Message is ChunkMessage chunk ? chunk.Bytes.Length : 0);

    /// <summary>When the last byte is out.</summary>
    internal TimeSpan BusyTo { get; set; }

    /// <summary>When the last message is there.</summary>
    internal TimeSpan LastDue { get; set; }

    /// <summary>Whether an event is planned that takes the next message out of flight.</summary>
    internal bool IsPumped { get; set; }

    internal bool IsIdle => _flight.Count == 0;

    /// <summary>When the next message is there.</summary>
    internal TimeSpan NextDue => _flight.Peek().Due;

    /// <param name="message">Null for the stream's end.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="due">When it is there.</param>
    internal void Launch(TreeMessage? message, int size, TimeSpan due)
    {
        LastDue = due;
        Queued += size;
        _flight.Enqueue((message, size, due));
    }

    internal (TreeMessage? Message, int Size) Land()
    {
        (TreeMessage? message, int size, _) = _flight.Dequeue();
        return (message, size);
    }

    /// <summary>What is in flight comes at another speed from now on, unless it is there before.</summary>
    /// <param name="now">The time.</param>
    /// <param name="bytesPerSecond">The speed.</param>
    /// <param name="latency">The longest that a byte takes.</param>
    /// <returns>Whether the next message is there earlier.</returns>
    internal bool Hasten(TimeSpan now, double bytesPerSecond, TimeSpan latency)
    {
        if (IsIdle)
            return false;
        (TimeSpan busy, TimeSpan next) = (now, NextDue);
        for (int left = _flight.Count; left > 0; left--)
        {
            (TreeMessage? message, int size, TimeSpan due) = _flight.Dequeue();
            busy += TimeSpan.FromSeconds(size / bytesPerSecond);
            LastDue = due < busy + latency ? due : busy + latency;
            _flight.Enqueue((message, size, LastDue));
        }

        BusyTo = BusyTo < busy ? BusyTo : busy;
        return NextDue < next;
    }

    internal void Taken(int size) => Queued -= size;

    /// <summary>All that is under way is lost.</summary>
    internal void Drop() => _flight.Clear();
}
