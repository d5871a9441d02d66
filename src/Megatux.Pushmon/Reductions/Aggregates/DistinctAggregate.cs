using System.Globalization;
using System.Numerics;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// <c>(distinct ESTIMATE "hex")</c>: how many different values there are. Up to 100 it keeps a hash of each, 16 digits each, and is exact;
/// above it keeps 1024 registers, two digits each, and its standard error is 3 %.
/// </summary>
/// <remarks>
/// HyperLogLog: Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm", 2007. The
/// estimate is that of Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, which needs no tables of corrections.
/// </remarks>
internal sealed class DistinctAggregate : Aggregate
{
    internal const string Name = "distinct";

    /// <summary>Bytes of a value's text.</summary>
    internal const int LongestValue = 256;

    private const int MostHashes = 100, HashDigits = 16, IndexBits = 10, Registers = 1 << IndexBits, RankBits = 64 - IndexBits;

    private SortedSet<ulong>? _hashes = [];
    private byte[]? _registers;

    internal override string Shape => "(distinct ESTIMATE \"hexadecimal digits\")";

    /// <summary>How many different values there are, as far as can be told.</summary>
    internal long Estimate => _hashes?.Count ?? (long)Math.Round(EstimateOf(_registers!));

    /// <summary>Takes in a value by its text.</summary>
    internal void Add(ReadOnlySpan<byte> value) => Add(StableHash.Of(value));

    internal override bool TryMerge(Aggregate other)
    {
        if (other is not DistinctAggregate distinct)
            return false;
        if (distinct._hashes is { } hashes)
        {
            foreach (ulong hash in hashes)
                Add(hash);
            return true;
        }

        byte[] registers = Spread();
        for (int i = 0; i < Registers; i++)
            registers[i] = Math.Max(registers[i], distinct._registers![i]);
        return true;
    }

    internal override void Write(SexpWriter output)
    {
        WriteName(output, Name);
        output.Number(Estimate);
        string text = _registers is { } registers ? Convert.ToHexStringLower(registers)
            : string.Concat(_hashes!.Select(hash => hash.ToString("x16", CultureInfo.InvariantCulture)));
        output.String(System.Text.Encoding.ASCII.GetBytes(text));
        output.EndList();
    }

    internal static DistinctAggregate? Read(ReadOnlySpan<Datum> parts)
    {
        if (parts is not [var estimate, { Kind: DatumKind.String } digits] || !TryReadCount(estimate, out _))
            return null;
        var distinct = new DistinctAggregate();
        ReadOnlySpan<byte> text = digits.Bytes;
        if (text.Length == 2 * Registers)
            return distinct.TryReadRegisters(text) ? distinct : null;
        if (text.Length % HashDigits != 0 || text.Length > MostHashes * HashDigits)
            return null;
        for (; !text.IsEmpty; text = text[HashDigits..])
        {
            if (!ulong.TryParse(text[..HashDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hash))
                return null;
            distinct.Add(hash);
        }

        return distinct;
    }

    private bool TryReadRegisters(ReadOnlySpan<byte> digits)
    {
        byte[] registers = Spread();
        for (int i = 0; i < Registers; i++)
            if (!byte.TryParse(digits.Slice(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out registers[i])
                || registers[i] > RankBits + 1)
                return false;
        return true;
    }

    private void Add(ulong hash)
    {
        if (_hashes is { } hashes)
        {
            hashes.Add(hash);
            if (hashes.Count > MostHashes)
                Spread();
        }
        else
        {
            Mark(_registers!, hash);
        }
    }

    private byte[] Spread()
    {
        if (_registers is not null)
            return _registers;
        _registers = new byte[Registers];
        foreach (ulong hash in _hashes!)
            Mark(_registers, hash);
        _hashes = null;
        return _registers;
    }

    private static void Mark(byte[] registers, ulong hash)
    {
        int index = (int)(hash >> RankBits);
        int rank = Math.Min(BitOperations.LeadingZeroCount(hash << IndexBits), RankBits) + 1;
        registers[index] = Math.Max(registers[index], (byte)rank);
    }

    private static double EstimateOf(byte[] registers)
    {
        Span<int> ofRank = stackalloc int[RankBits + 2];
        ofRank.Clear();
        foreach (byte rank in registers)
            ofRank[rank]++;
        double z = Registers * Tau(1 - ofRank[RankBits + 1] / (double)Registers);
        for (int rank = RankBits; rank >= 1; rank--)
            z = 0.5 * (z + ofRank[rank]);
        z += Registers * Sigma(ofRank[0] / (double)Registers);
        return Registers / (2 * Math.Log(2)) * Registers / z;
    }

    private static double Sigma(double x)
    {
        if (x == 1)
            return double.PositiveInfinity;
        double y = 1, z = x, before;
        do
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }
        while (z != before);
        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
            return 0;
        double y = 1, z = 1 - x, before;
        do
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z != before);
        return z / 3;
    }
}
