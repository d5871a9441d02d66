using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Any other datum: what becomes of two of them, the program's <c>merge</c> says.</summary>
internal sealed class PlainAggregate : Aggregate
{
    /// <summary>Bytes of its text.</summary>
    internal const int LongestText = 4096;

    private PlainAggregate(Datum value) => Value = value;

    internal Datum Value { get; }

    internal override string Shape => PlainShape;

    internal static PlainAggregate? TryMake(Datum value) => value.ToUtf8().Length <= LongestText ? new PlainAggregate(value) : null;

    internal override bool TryMerge(Aggregate other) => false;

    internal override void Write(SexpWriter output) => output.Write(Value);
}
