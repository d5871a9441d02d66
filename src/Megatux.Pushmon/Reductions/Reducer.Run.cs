using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <content>Running the program.</content>
public sealed partial class Reducer
{
    private void Run(string node, Datum? schema, Datum data)
    {
        _functions.Schema = schema;
        _functions.NotFinite = 0;
        if (!TryRun(_sample, node, [SexpValue.String(node), SexpValue.From(data)], out SexpValue result))
            return;
        if (_functions.NotFinite > 0)
            Fail($"{node}: numbers that are infinite or none are left out", _functions.NotFinite);
        if (!result.IsList)
            Fail($"{node}: expected a list of (KEY VALUE), found something else");
        for (; result.TryGetFirst(out SexpValue entry, out SexpValue rest); result = rest)
        {
            // Instead of a key with its value #f may stand as well, as where a condition does not hold.
            if (!entry.IsTrue)
                continue;
            if (!entry.TryGetFirst(out SexpValue key, out SexpValue tail) || !key.IsSymbol || !tail.TryGetFirst(out SexpValue value, out SexpValue end) || !end.IsNil)
                Fail($"{node}: expected (KEY VALUE) with a symbol as KEY, found something else");
            else if (value.IsTrue && SlotOf(key.Bytes) is { } slot)
                TakeIn(slot, value, node);
        }
    }

    private bool TryRun(SexpRunner runner, string who, ReadOnlySpan<SexpValue> arguments, out SexpValue result)
    {
        result = SexpValue.False;
        if (_stepsLeft <= 0)
        {
            Fail($"{who}: all programs of the round took {RoundSteps} steps already");
            return false;
        }

        try
        {
            result = runner.Run(arguments);
            return true;
        }
        catch (SexpException error)
        {
            Fail($"{who}: {error.Message}");
            return false;
        }
        finally
        {
            // One at least: a program that fails at once is not for free.
            _stepsLeft -= 1 + runner.StepsTaken;
        }
    }

    private KeySlot? SlotOf(ReadOnlySpan<byte> key)
    {
        if (key.Length > KeySlots.LongestKey)
        {
            Fail($"a key is longer than {KeySlots.LongestKey} bytes");
            return null;
        }

        KeySlot? slot = _keys.Of(key);
        if (slot is null)
            Fail($"more than {KeySlots.Most} keys");
        return slot;
    }
}
