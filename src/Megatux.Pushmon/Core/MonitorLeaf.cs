using Megatux.Tree;

namespace Megatux.Pushmon;

/// <summary>What a node says of itself, at its own moment of every interval. Pure.</summary>
public sealed class MonitorLeaf : ILeafService
{
    private readonly Action<TreeMessage> _send;
    private readonly Func<(ReadOnlyMemory<byte> Schema, ReadOnlyMemory<byte> Data)> _sample;
    private readonly TimeSpan _interval;
    private ReadOnlyMemory<byte> _schema;
    private uint _sequence;

    /// <param name="name">The node's name, from which its moment is computed.</param>
    /// <param name="interval">How often it says something.</param>
    /// <param name="sample">What it is to say: S-expressions.</param>
    /// <param name="send">Sends a message to the daemon of the node's host.</param>
    /// <param name="now">The time.</param>
    public MonitorLeaf(string name, TimeSpan interval, Func<(ReadOnlyMemory<byte> Schema, ReadOnlyMemory<byte> Data)> sample, Action<TreeMessage> send, TimeSpan now)
    {
        (_interval, _sample, _send) = (interval, sample, send);
        NextTime = now + Phase.Of(name, interval);
    }

    /// <inheritdoc/>
    public TimeSpan NextTime { get; private set; }

    /// <inheritdoc/>
    public void Receive(TreeMessage message)
    {
        if (message is SchemaWantedMessage)
            _schema = default;
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now)
    {
        if (now < NextTime)
            return;

        // Moments at which it was held up do not come again; its host sees by their numbers that they were there.
        long missed = (now - NextTime).Ticks / _interval.Ticks;
        _sequence += (uint)missed;
        NextTime += _interval * (missed + 1);
        (ReadOnlyMemory<byte> schema, ReadOnlyMemory<byte> data) = _sample();
        bool isNew = !schema.Span.SequenceEqual(_schema.Span);
        if (isNew)
            _schema = schema.ToArray();
        _send(new SampleMessage(_sequence++, isNew ? schema : default, data));
    }
}
