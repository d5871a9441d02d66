namespace Megatux.Model;

/// <summary>
/// Reads <c>set := term (op term)*</c>: the operators from left to right, white space around them ignored, white space
/// alone between two terms the same as a comma.
/// </summary>
internal sealed class NodeSetParser
{
    private readonly string _text;
    private readonly NodeSetFault _fault;
    private readonly Func<string, NodeSet?>? _named;
    private int _position;

    private NodeSetParser(string text, SourceLocation? where, Func<string, NodeSet?>? named)
    {
        _text = text;
        _fault = new NodeSetFault(text, where);
        _named = named;
    }

    public static NodeSet Parse(string text, SourceLocation? where, Func<string, NodeSet?>? named) => new NodeSetParser(text, where, named).ParseSet();

    private NodeSet ParseSet()
    {
        SkipSpace();
        if (_position == _text.Length)
            return NodeSet.Empty;

        // Unions wait until another operator needs their result, so that a long list of names is joined by halves.
        List<NodeSet> union = [ParseTerm()];
        while (ReadOperator() is { } operation)
        {
            NodeSet operand = ParseTerm();
            if (operation == SetOperation.Union)
                union.Add(operand);
            else
                union = [NodeSet.Combine(NodeSet.UnionOf(union), operand, operation)];
        }

        return NodeSet.UnionOf(union);
    }

    /// <summary>The operator before the next term, or null at the end of the text.</summary>
    private SetOperation? ReadOperator()
    {
        SkipSpace();
        if (_position == _text.Length)
            return null;
        if (OperatorAt(_position) is not { } operation)
            return SetOperation.Union;
        int sign = _position++;
        SkipSpace();
        if (_position == _text.Length || OperatorAt(_position) is not null)
            throw MissingOperand(sign, "after");
        return operation;
    }

    private NodeSet ParseTerm()
    {
        if (OperatorAt(_position) is not null)
            throw MissingOperand(_position, "before");
        if (ReadName() is { } nodes)
            return nodes;
        var term = new TermBuilder();
        int start = _position;
        for (; _position < _text.Length; )
        {
            char c = _text[_position];
            if (char.IsWhiteSpace(c) || OperatorAt(_position) is not null)
                break;
            if (c == '[')
                ReadBracket(term);
            else if (char.IsAsciiDigit(c))
                ReadDigits(term);
            else
                ReadCharacter(term, start);
        }

        return term.Build();
    }

    /// <summary>A term that stands for a set, or null: then it is still to be read.</summary>
    private NodeSet? ReadName()
    {
        if (_named is null)
            return null;
        int end = _position;
        for (int depth = 0; end < _text.Length && (depth > 0 || !(char.IsWhiteSpace(_text[end]) || OperatorAt(end) is not null)); end++)
            depth += _text[end] switch { '[' => 1, ']' => -1, _ => 0 };
        NodeSet? nodes = _named(_text[_position..end]);
        if (nodes is not null)
            _position = end;
        return nodes;
    }

    private void ReadBracket(TermBuilder term)
    {
        int open = _position;
        int close = _text.IndexOfAny(['[', ']'], open + 1);
        if (close < 0)
            throw Unbalanced(open, "this bracket is not closed; add a \"]\".");
        if (_text[close] == '[')
            throw Unbalanced(close, "a bracket inside another one; close the first before this one.");
        if (term.HasBracket)
            throw _fault.At(ErrorCodes.NodeSetAdjacentBrackets, open, 1,
                "only digits may not stand between two brackets; put a letter or a sign between them, or make them one range.");
        IndexSet ranges = RangeParser.Parse(_text.AsSpan(open + 1, close - open - 1), open + 1, _fault);
        _position = close + 1;
        AddNumber(term, open, ranges, isBracket: true);
    }

    private void ReadDigits(TermBuilder term)
    {
        ReadOnlySpan<char> digits = _text.AsSpan(_position);
        digits = digits[..NodeName.DigitsAt(digits)];
        if (digits.Length > Ordinal.MaxWidth)
            throw _fault.At(ErrorCodes.NodeSetNumberTooLarge, _position, digits.Length, RangeParser.TooManyDigits);
        int start = _position;
        _position += digits.Length;
        AddNumber(term, start, IndexSet.Of(Ordinal.Of(digits)), isBracket: false);
    }

    private void AddNumber(TermBuilder term, int start, IndexSet set, bool isBracket)
    {
        if (!term.HasNumber && term.Axes == NodeSetLimits.Axes)
            throw _fault.At(ErrorCodes.NodeSetTooManyAxes, start, _position - start, $"a name has at most {NodeSetLimits.Axes} numbers.");
        if (!term.TryAddNumber(set, isBracket))
            throw _fault.At(ErrorCodes.NodeSetNumberTooLarge, start, _position - start,
                $"with the digits beside the bracket, numbers become longer than {Ordinal.MaxWidth} digits.");
    }

    private void ReadCharacter(TermBuilder term, int start)
    {
        char c = _text[_position];
        if (c == ']')
            throw Unbalanced(_position, "this bracket was not opened; add a \"[\" before it or remove it.");
        if (c is '*' or '?' || c == '@' && _position == start)
            throw _fault.At(ErrorCodes.NodeSetGroup, _position, 1,
                "node groups (@name) belong to an experiment, which is not known here, and wildcards are not known at all; write the nodes themselves.");
        if (char.IsControl(c))
            throw _fault.At(ErrorCodes.NodeSetBadCharacter, _position, 1,
                $"the character U+{(int)c:X4} cannot stand in a node name; remove it.");
        term.AddText(c);
        _position++;
    }

    private SetOperation? OperatorAt(int position) => _text[position] switch
    {
        ',' => SetOperation.Union,
        '!' => SetOperation.Except,
        '&' => SetOperation.Intersect,
        '^' => SetOperation.SymmetricExcept,
        _ => null,
    };

    private void SkipSpace()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            _position++;
    }

    private MegatuxException MissingOperand(int sign, string side) =>
        _fault.At(ErrorCodes.NodeSetMissingOperand, sign, 1,
            $"nothing stands {side} this \"{_text[sign]}\"; write a node set there or remove the sign.");

    private MegatuxException Unbalanced(int position, string message) =>
        _fault.At(ErrorCodes.NodeSetUnbalancedBracket, position, 1, message);
}
