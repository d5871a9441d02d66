using System.Text;

namespace Megatux.Model.Tests;

/// <summary>Makes node-set expressions of every kind, the same ones for the same seed. Sets stay small enough to expand.</summary>
internal sealed class ExpressionGenerator(int seed)
{
    private static readonly string[] Prefixes = ["n", "node", "a-", "x.y", ""];
    private static readonly string[] Suffixes = ["", "", "", "-ib", ".lan"];
    private static readonly string[] Names = ["login", "n", "n5", "n05", "node10", "a-1", "n7-ib", "x.y3.lan", "12"];
    private static readonly (int Low, int High)[] Spans = [(0, 12), (0, 30), (5, 14), (88, 112), (995, 1004)];
    private readonly Random _random = new(seed);

    /// <summary>An expression of names with at most one number.</summary>
    public string OneDimensional() => Expression(Term);

    /// <summary>An expression of names with two or three numbers, over few values so that terms overlap.</summary>
    public string ManyDimensional()
    {
        int axes = _random.Next(2, 4);
        return Expression(() =>
        {
            var term = new StringBuilder();
            for (int i = 0; i < axes; i++)
                term.Append("vcr"[i]).Append(_random.Next(3) == 0 ? $"{_random.Next(5)}" : $"[{SmallRanges()}]");
            return term.ToString();
        });
    }

    /// <summary>An expression with one or two characters added, removed or changed; often no longer one.</summary>
    public string Broken(string alphabet)
    {
        var text = new StringBuilder(_random.Next(3) == 0 ? ManyDimensional() : OneDimensional());
        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            int place = _random.Next(text.Length + 1);
            char c = alphabet[_random.Next(alphabet.Length)];
            int kind = place < text.Length ? _random.Next(3) : 0;
            if (kind > 0)
                text.Remove(place, 1);
            if (kind < 2)
                text.Insert(place, c);
        }

        return text.ToString();
    }

    private string Expression(Func<string> term)
    {
        var text = new StringBuilder(term());
        for (int i = _random.Next(5); i > 0; i--)
            text.Append(_random.Next(6) == 0 ? " " : "").Append(",,,!&^"[_random.Next(6)]).Append(_random.Next(6) == 0 ? "  " : "").Append(term());
        return text.ToString();
    }

    private string Term()
    {
        string prefix = Pick(Prefixes), suffix = Pick(Suffixes);
        return _random.Next(10) switch
        {
            0 or 1 => Pick(Names),
            2 => $"{prefix}{_random.Next(1, 3)}[{OneDigit()}]{suffix}",
            3 => $"{prefix}[{OneDigit()}]{_random.Next(3)}{suffix}",
            _ => $"{prefix}[{Ranges()}]{suffix}",
        };
    }

    private string Ranges() => string.Join(',', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Range()));

    private string Range()
    {
        (int low, int high) = Pick(Spans);
        (int first, int last) = Ordered(low, high);
        int widest = $"{last}".Length;
        string format = _random.Next(3) == 0 ? $"D{widest + _random.Next(2)}" : "D1";
        string begin = first.ToString(format), end = last.ToString(format);
        return _random.Next(6) switch
        {
            0 => begin,
            1 or 2 => $"{begin}-{end}/{_random.Next(1, 6)}",
            _ => $"{begin}-{end}",
        };
    }

    /// <summary>Numbers of one digit, without steps: beside other digits ClusterShell can do no more.</summary>
    private string OneDigit() => string.Join(',', Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Small(10)));

    private string SmallRanges() => string.Join(',', Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Small(5)));

    private string Small(int end)
    {
        (int first, int last) = Ordered(0, end);
        return first == last ? $"{first}" : $"{first}-{last}";
    }

    private (int First, int Last) Ordered(int low, int end)
    {
        int a = _random.Next(low, end), b = _random.Next(low, end);
        return (Math.Min(a, b), Math.Max(a, b));
    }

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
