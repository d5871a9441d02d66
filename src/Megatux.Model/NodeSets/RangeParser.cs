using System.Globalization;

namespace Megatux.Model;

/// <summary>Reads what stands between brackets: <c>N</c>, <c>A-B</c> or <c>A-B/STEP</c>, with commas between.</summary>
internal readonly ref struct RangeParser
{
    public const string TooManyDigits = "a number has at most 18 digits.";

    private readonly ReadOnlySpan<char> _text;
    private readonly int _offset;
    private readonly NodeSetFault _fault;

    private RangeParser(ReadOnlySpan<char> text, int offset, NodeSetFault fault)
    {
        _text = text;
        _offset = offset;
        _fault = fault;
    }

    /// <param name="text">The ranges.</param>
    /// <param name="offset">Where they begin in the text that errors show.</param>
    /// <param name="fault">Makes the errors.</param>
    public static IndexSet Parse(ReadOnlySpan<char> text, int offset, NodeSetFault fault) =>
        new RangeParser(text, offset, fault).ParseRanges();

    private IndexSet ParseRanges()
    {
        // As long as ranges ascend one builder takes them; each that does not begins a new set to be joined.
        List<IndexSet> sets = [];
        var ascending = new RunBuilder();
        Span<Run> runs = stackalloc Run[Ordinal.MaxWidth];
        foreach (Range part in _text.Split(','))
        {
            (int start, int length) = part.GetOffsetAndLength(_text.Length);
            foreach (Run run in runs[..ParseRange(start, start + length, runs)])
            {
                if (run.First <= ascending.Last)
                {
                    sets.Add(ascending.Build()!);
                    ascending = new RunBuilder();
                }

                ascending.Add(run);
            }
        }

        sets.Add(ascending.Build()!);
        return Halves.Join(sets, (a, b) => IndexSet.Combine(a, b, SetOperation.Union)!);
    }

    /// <summary>Writes the runs of one range, one for each width of its digit strings, and returns how many they are.</summary>
    private int ParseRange(int start, int end, Span<Run> runs)
    {
        Trim(ref start, ref end);
        if (start == end)
            throw At(ErrorCodes.NodeSetEmptyRange, start, end, "a range is missing; write a number or a range such as 1-9.");
        int slash = Find('/', start, end);
        int rangeEnd = slash < 0 ? end : slash;
        int dash = Find('-', start, rangeEnd);
        ReadOnlySpan<char> first = Number(start, dash < 0 ? rangeEnd : dash);
        ReadOnlySpan<char> last = dash < 0 ? first : Number(dash + 1, rangeEnd);
        long step = slash < 0 ? 1 : long.Parse(Number(slash + 1, end), NumberStyles.None, CultureInfo.InvariantCulture);
        if (slash >= 0 && dash < 0)
            throw At(ErrorCodes.NodeSetBadStep, start, end, "a step needs a range; write A-B/STEP, or the number alone.");
        if (step == 0)
            throw At(ErrorCodes.NodeSetBadStep, slash + 1, end, "the step is zero; write 1 or more.");
        if (first.Length != last.Length && (IsPadded(first) || IsPadded(last)))
            throw At(ErrorCodes.NodeSetPaddingMismatch, start, end,
                $"the ends of a zero-padded range need the same number of digits, not {first.Length} and {last.Length}.");
        long low = long.Parse(first, NumberStyles.None, CultureInfo.InvariantCulture);
        long high = long.Parse(last, NumberStyles.None, CultureInfo.InvariantCulture);
        if (low > high)
            throw At(ErrorCodes.NodeSetBackwardsRange, start, end, "the range runs backwards; write the smaller number first.");
        var values = new Run(low, low + step > high ? 1 : step, (high - low) / step + 1);
        return Spread(values, first.Length == last.Length ? first.Length : 0, runs);
    }

    /// <summary>Turns values into ordinals: of one given width, or (0) each of the width it has without padding.</summary>
    private static int Spread(Run values, int width, Span<Run> runs)
    {
        int count = 0;
        while (values.Count > 0)
        {
            int digits = width > 0 ? width : Ordinal.PlainWidth(values.First);
            long next = Ordinal.Power(digits);
            Run same = values.Below(next);
            values = values.From(next);
            runs[count++] = same with { First = Ordinal.Of(digits, same.First) };
        }

        return count;
    }

    private ReadOnlySpan<char> Number(int start, int end)
    {
        Trim(ref start, ref end);
        ReadOnlySpan<char> number = _text[start..end];
        if (number.IsEmpty || number.ContainsAnyExceptInRange('0', '9'))
            throw At(ErrorCodes.NodeSetBadNumber, start, end, "a plain decimal number is expected here, as in 7, 1-9 or 1-9/2.");
        if (number.Length > Ordinal.MaxWidth)
            throw At(ErrorCodes.NodeSetNumberTooLarge, start, end, TooManyDigits);
        return number;
    }

    private static bool IsPadded(ReadOnlySpan<char> number) => number.Length > 1 && number[0] == '0';

    private int Find(char c, int start, int end)
    {
        int index = _text[start..end].IndexOf(c);
        return index < 0 ? -1 : start + index;
    }

    private void Trim(ref int start, ref int end)
    {
        while (start < end && char.IsWhiteSpace(_text[start]))
            start++;
        while (start < end && char.IsWhiteSpace(_text[end - 1]))
            end--;
    }

    private MegatuxException At(string code, int start, int end, string message) =>
        _fault.At(code, _offset + start, end - start, message);
}
