using System.Diagnostics.CodeAnalysis;

namespace Megatux.Sexp;

/// <summary>Makes data of tokens. What one buffer leaves open goes on with the next.</summary>
public sealed class DatumBuilder
{
    private static readonly byte[] QuoteName = [.. "quote"u8];

    // Items of all open lists, one list behind the other.
    private Datum?[] _items = new Datum?[16];
    private readonly Stack<Opened> _open = [];
    private int _count;

    private readonly record struct Opened(int FirstItem, SexpPosition Position, bool IsQuote);

    /// <summary>Reads up to the end of the next datum.</summary>
    /// <returns>False when the reader has no more tokens; what was read so far is kept for the next one.</returns>
    /// <exception cref="SexpException">The text is malformed or too large; the builder is of no more use.</exception>
    public bool Read(ref SexpReader reader, [NotNullWhen(true)] out Datum? datum)
    {
        while (reader.Read())
        {
            switch (reader.Token)
            {
                case SexpToken.ListStart:
                    _open.Push(new Opened(_count, reader.Position, IsQuote: false));
                    CheckDepth(reader);
                    continue;
                case SexpToken.Quote:
                    _open.Push(new Opened(_count, reader.Position, IsQuote: true));
                    CheckDepth(reader);
                    continue;
                case SexpToken.ListEnd:
                    datum = Close();
                    break;
                case SexpToken.String:
                    datum = Datum.String(reader.HasEscapes ? StringEscapes.Unescape(reader.Lexeme) : reader.Lexeme.ToArray(), reader.Position);
                    break;
                default:
                    datum = Datum.Atom(reader.Lexeme.ToArray(), reader.Position);
                    break;
            }

            while (_open.TryPeek(out Opened quote) && quote.IsQuote)
                datum = Datum.List([Datum.Atom(QuoteName, quote.Position), datum], _open.Pop().Position);
            if (_open.Count == 0)
                return true;
            if (_count == _items.Length)
                Array.Resize(ref _items, 2 * _count);
            _items[_count++] = datum;
        }

        datum = null;
        return false;
    }

    private Datum Close()
    {
        Opened list = _open.Pop();
        var items = new Datum[_count - list.FirstItem];

        // One by one: lists are short, and copying a few references at once costs a memory barrier.
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = _items[list.FirstItem + i]!;
            _items[list.FirstItem + i] = null;
        }

        _count = list.FirstItem;
        return Datum.List(items, list.Position);
    }

    // The reader knows quotes only as long as they follow each other; here they count to the end of what they quote.
    private void CheckDepth(in SexpReader reader)
    {
        if (_open.Count > reader.Limits.MaxDepth)
            throw new SexpException(SexpFault.TooLarge, $"lists and quotes nest deeper than {reader.Limits.MaxDepth}", reader.Position);
    }
}
