using System.Text;

namespace Megatux.Model;

/// <summary>Puts together the texts and numbers of one term. Digits beside a bracket are part of its numbers: 1[0-9] is [10-19].</summary>
internal sealed class TermBuilder
{
    private readonly List<string> _texts = [];
    private readonly List<IndexSet> _axes = [];
    private readonly StringBuilder _text = new();

    /// <summary>The number that texts have not ended yet.</summary>
    private IndexSet? _number;

    /// <summary>Whether the number that is being read had a bracket.</summary>
    public bool HasBracket { get; private set; }

    /// <summary>Whether a number is being read.</summary>
    public bool HasNumber => _number is not null;

    /// <summary>How many numbers have ended.</summary>
    public int Axes => _axes.Count;

    public void AddText(char c)
    {
        EndNumber();
        _text.Append(c);
    }

    /// <summary>Adds digits or ranges to the number; false if it becomes too long.</summary>
    public bool TryAddNumber(IndexSet set, bool isBracket)
    {
        HasBracket |= isBracket;
        if (_number is null)
            _number = set;
        else if (Ordinal.Width(_number.Last) + Ordinal.Width(set.Last) > Ordinal.MaxWidth)
            return false;
        else
            _number = isBracket ? DigitStrings.Prepend(_number.First, set) : DigitStrings.Append(_number, set.First);
        return true;
    }

    public NodeSet Build()
    {
        EndNumber();
        _texts.Add(_text.ToString());
        return new NodeSet([new NodeFamily(new NamePattern([.. _texts]), Grid.Of([.. _axes]))]);
    }

    private void EndNumber()
    {
        if (_number is null)
            return;
        _texts.Add(_text.ToString());
        _text.Clear();
        _axes.Add(_number);
        _number = null;
        HasBracket = false;
    }
}
