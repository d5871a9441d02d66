using System.Buffers;

namespace Megatux.Model;

/// <summary>One node's name, taken apart into its pattern and its numbers.</summary>
/// <param name="Pattern">The texts around the numbers.</param>
/// <param name="Ordinals">The numbers, as ordinals of their digits.</param>
internal readonly record struct NodeName(NamePattern Pattern, long[] Ordinals)
{
    /// <summary>What ends a name or cannot stand in one, apart from white space and control characters.</summary>
    public static readonly SearchValues<char> Special = SearchValues.Create(",!&^[]*?");

    /// <summary>Reads a name; false if the text is no name of a single node.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out NodeName name)
    {
        name = default;
        if (text.IsEmpty || text[0] == '@' || text.ContainsAny(Special))
            return false;
        List<string> texts = [];
        List<long> ordinals = [];
        int start = 0;
        for (int i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || char.IsControl(text[i]))
                return false;
            if (!char.IsAsciiDigit(text[i]))
            {
                i++;
                continue;
            }

            texts.Add(text[start..i].ToString());
            start = i + DigitsAt(text[i..]);
            if (start - i > Ordinal.MaxWidth || texts.Count > NodeSetLimits.Axes)
                return false;
            ordinals.Add(Ordinal.Of(text[i..start]));
            i = start;
        }

        texts.Add(text[start..].ToString());
        name = new NodeName(new NamePattern([.. texts]), [.. ordinals]);
        return true;
    }

    /// <summary>How many decimal digits a text begins with.</summary>
    public static int DigitsAt(ReadOnlySpan<char> text)
    {
        int other = text.IndexOfAnyExceptInRange('0', '9');
        return other < 0 ? text.Length : other;
    }
}
