using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Pushmon;

/// <summary>The messages of monitoring as bytes.</summary>
public sealed class PushCodec : IMessageCodec
{
    private const ushort Sample = 96, SchemaWanted = 97, Push = 98, Pushed = 99, Configuration = 100;

    /// <summary>The least bytes of a part of a list.</summary>
    private const int LeastPart = 20, LeastRaw = 40, LeastReduction = 8;

    /// <summary>The only one that is needed.</summary>
    public static PushCodec Instance { get; } = new();

    /// <summary>Whether messages of a type are samples, which lose nothing by coming a moment later.</summary>
    public static bool IsSample(ushort type) => type == Sample;

    /// <inheritdoc/>
    public ushort? Write(TreeMessage message, PayloadWriter payload)
    {
        switch (message)
        {
            case SampleMessage sample:
                payload.Small(sample.Sequence);
                payload.Bytes(sample.Schema.Span);
                payload.Bytes(sample.Data.Span);
                return Sample;
            case SchemaWantedMessage:
                return SchemaWanted;
            case PushMessage push:
                Write(push, payload);
                return Push;
            case PushedMessage pushed:
                payload.Number(pushed.Sequence);
                return Pushed;
            case ConfigurationMessage configuration:
                payload.Number(configuration.Version);
                payload.Nodes(configuration.Raw);
                payload.Small((uint)configuration.Reductions.Count);
                foreach ((string name, string text) in configuration.Reductions)
                {
                    payload.Text(name);
                    payload.Text(text);
                }

                return Configuration;
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public TreeMessage? Read(ushort type, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        TreeMessage? message = type switch
        {
            Sample => new SampleMessage(reader.Small(), reader.Bytes().ToArray(), reader.Bytes().ToArray()),
            SchemaWanted => SchemaWantedMessage.Instance,
            Push => ReadPush(ref reader),
            Pushed => new PushedMessage(reader.Number()),
            Configuration => new ConfigurationMessage(reader.Number(), reader.Nodes(), ReadReductions(ref reader)),
            _ => null,
        };
        return reader.IsGood ? message : null;
    }

    private static void Write(PushMessage push, PayloadWriter payload)
    {
        payload.Number(push.Sequence);
        payload.Number(push.Rank);
        payload.Number(push.Configuration);
        push.Coverage.Write(payload);
        payload.Number(push.Contributors);
        payload.Number(push.Ages.Oldest.Ticks);
        payload.Number(push.Ages.Newest.Ticks);
        payload.Number(push.Dropped);
        payload.Small((uint)push.Parts.Count);
        foreach (ReducedPart part in push.Parts)
        {
            payload.Text(part.Name);
            payload.Bytes(part.Result.Span);
            payload.Number(part.Problems);
            payload.Text(part.Problem);
        }

        payload.Small((uint)push.Raw.Count);
        foreach (WatchedSample raw in push.Raw)
        {
            payload.Text(raw.Node);
            payload.Number(raw.Number);
            payload.Number(raw.Age.Ticks);
            payload.Small(raw.Sequence);
            payload.Number(raw.Dropped);
            payload.Bytes(raw.Schema.Span);
            payload.Bytes(raw.Data.Span);
        }
    }

    private static PushMessage ReadPush(ref PayloadReader reader) => new()
    {
        Sequence = reader.Number(),
        Rank = reader.Number(),
        Configuration = reader.Number(),
        Coverage = RankSet.Read(ref reader),
        Contributors = Math.Max(0, reader.Number()),
        Ages = (ReadAge(ref reader), ReadAge(ref reader)),
        Dropped = Math.Max(0, reader.Number()),
        Parts = ReadParts(ref reader),
        Raw = ReadRaw(ref reader),
    };

    private static List<ReducedPart> ReadParts(ref PayloadReader reader)
    {
        var parts = new List<ReducedPart>();
        for (int count = reader.Count(LeastPart); count > 0; count--)
            parts.Add(new ReducedPart(reader.Text(), reader.Bytes().ToArray(), Math.Max(0, reader.Number()), reader.Text()));
        return parts;
    }

    private static List<WatchedSample> ReadRaw(ref PayloadReader reader)
    {
        var raw = new List<WatchedSample>();
        for (int count = reader.Count(LeastRaw); count > 0; count--)
            raw.Add(new WatchedSample(reader.Text(), reader.Number(), ReadAge(ref reader), reader.Small(), Math.Max(0, reader.Number()), reader.Bytes().ToArray(), reader.Bytes().ToArray()));
        return raw;
    }

    private static List<(string Name, string Text)> ReadReductions(ref PayloadReader reader)
    {
        var reductions = new List<(string, string)>();
        for (int count = reader.Count(LeastReduction); count > 0; count--)
            reductions.Add((reader.Text(), reader.Text()));
        return reductions;
    }

    private static TimeSpan ReadAge(ref PayloadReader reader) => TimeSpan.FromTicks(Math.Clamp(reader.Number(), 0, TimeSpan.TicksPerDay));
}
