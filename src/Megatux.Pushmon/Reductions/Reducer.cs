using System.Buffers;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// Reduces the samples of a node's own and the results of those below to one result, round after round. For one thread at a time. What
/// cannot be taken in is counted; nothing that a node or a program says makes it fail, or costs more than a round's budget.
/// </summary>
public sealed partial class Reducer
{
    /// <summary>Steps that a program may take for one sample; see docs/sexp.md for what a step is.</summary>
    public const long SampleSteps = 20_000;

    /// <summary>Steps for all samples and merges of a round together: some tenths of a second.</summary>
    public const long RoundSteps = 4_000_000;

    /// <summary>Bytes of values that a program may make for one sample.</summary>
    public const long SampleMemory = 1 << 20;

    /// <summary>Bytes of a round's result: keys that would make it longer are left out and counted.</summary>
    public const int MostResultBytes = 256 << 10;

    private const int SampleDepth = 200;

    private static readonly SexpBudget Budget = new() { Steps = SampleSteps, Depth = SampleDepth, Memory = SampleMemory };
    private static readonly SexpLimits ResultLimits = new() { MaxMessageBytes = 2 * MostResultBytes };

    private readonly SampleFunctions _functions = new();
    private readonly KeySlots _keys = new();
    private readonly SexpRunner _sample;
    private readonly SexpRunner? _merge;
    private readonly DirectRun? _direct;
    private ReductionProblems _problems;
    private long _stepsLeft = RoundSteps;

    /// <summary>A reducer of one reduction.</summary>
    public Reducer(Reduction reduction)
    {
        ArgumentNullException.ThrowIfNull(reduction);
        Reduction = reduction;
        _sample = new SexpRunner(reduction.CompileSample(_functions), Budget);
        _merge = reduction.CompileMerge(_functions) is { } merge ? new SexpRunner(merge, Budget) : null;
        _direct = reduction.Direct is { } direct ? new DirectRun(direct, _keys) : null;
    }

    /// <summary>What is run.</summary>
    public Reduction Reduction { get; }

    /// <summary>What went wrong since <see cref="Begin"/>.</summary>
    public ReductionProblems Problems => _problems;

    /// <summary>Begins a round: what was said in the one before is forgotten.</summary>
    public void Begin()
    {
        _keys.Clear();
        _direct?.Begin();
        _problems = default;
        _stepsLeft = RoundSteps;
    }

    /// <summary>Takes in a node's sample.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="schema">What the sample's fields are called; null when it is not known, and <c>get</c> finds nothing. The same
    /// object again is faster than an equal one.</param>
    /// <param name="data">The sample as the node said it; the fastest way.</param>
    public void Add(string node, Datum? schema, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (_direct is not null && _direct.TryAdd(node, schema, data))
            return;
        try
        {
            Run(node, schema, Datum.Parse(data));
        }
        catch (SexpException error)
        {
            Fail($"{node}: {error.Message}");
        }
    }

    /// <inheritdoc cref="Add(string, Datum?, ReadOnlySpan{byte})"/>
    public void Add(string node, Datum? schema, Datum data)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(data);
        if (_direct is null || !_direct.TryAdd(node, schema, data.ToUtf8()))
            Run(node, schema, data);
    }

    /// <summary>Takes in what a node below made of its samples with the same reduction.</summary>
    /// <param name="aggregates">What its <see cref="End"/> gave; what is none of it is counted.</param>
    /// <param name="problems">What went wrong there.</param>
    public void Merge(ReadOnlySpan<byte> aggregates, ReductionProblems problems = default)
    {
        if (problems.Count > 0)
            Fail(problems.First ?? "", problems.Count);
        try
        {
            Merge(Datum.Parse(aggregates, ResultLimits));
        }
        catch (SexpException error)
        {
            Fail($"a result from below: {error.Message}");
        }
    }

    /// <inheritdoc cref="Merge(ReadOnlySpan{byte}, ReductionProblems)"/>
    public void Merge(Datum aggregates)
    {
        ArgumentNullException.ThrowIfNull(aggregates);
        if (aggregates.Kind != DatumKind.List)
            Fail("a result from below: expected a list of (KEY VALUE)");
        foreach (Datum entry in aggregates.Items)
        {
            if (entry.Items is not [{ Kind: DatumKind.Symbol } key, var value])
                Fail("a result from below: expected (KEY VALUE)");
            else if (SlotOf(key.Bytes) is { } slot)
                TakeIn(slot, value, "a result from below");
        }
    }

    /// <summary>Ends a round.</summary>
    /// <returns>The result: <c>((KEY VALUE) ...)</c> by the order of the keys.</returns>
    public byte[] End()
    {
        var result = new ArrayBufferWriter<byte>();
        var part = new ArrayBufferWriter<byte>();
        result.Write("("u8);
        foreach (KeySlot slot in _keys.All)
        {
            if (slot.Aggregate is null)
                continue;
            part.ResetWrittenCount();
            slot.Write(new SexpWriter(part));
            if (result.WrittenCount + part.WrittenCount + 2 > MostResultBytes)
            {
                Fail($"{slot.Name}: the result would be longer than {MostResultBytes} bytes with it");
                continue;
            }

            if (result.WrittenCount > 1)
                result.Write(" "u8);
            result.Write(part.WrittenSpan);
        }

        result.Write(")"u8);
        return result.WrittenSpan.ToArray();
    }

    private void Fail(string text, long count = 1) => _problems = _problems.With(text, count);
}
