using System.Text;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>Where in samples of one schema the fields of a direct program stand.</summary>
internal sealed class SampleLayout
{
    private SampleLayout(LayoutEntry[] entries) => Entries = entries;

    /// <summary>Entries of the sample up to the last one that is needed.</summary>
    internal LayoutEntry[] Entries { get; }

    /// <summary>Makes a layout of a schema.</summary>
    /// <returns>Null where it is none, or two of its entries have one name.</returns>
    internal static SampleLayout? Of(Datum? schema, IReadOnlyList<DirectField> fields)
    {
        List<LayoutEntry> entries = [];
        int needed = 0;
        HashSet<string> seen = [];
        foreach (Datum described in schema is null ? [] : schema.Items)
        {
            if (described.Items is not [{ Kind: DatumKind.Symbol } name, var kind, .. var names] || !seen.Add(name.Text))
                return null;
            bool isNamed = kind.Items is [_, var letter] && letter.IsSymbol("S"u8);
            int[] slots = [.. Enumerable.Repeat(-1, names.Length)];
            int last = -1;
            List<(byte[] Name, int Slot)> named = [];
            foreach (DirectField field in fields)
            {
                if (field.Entry != name.Text)
                    continue;
                if (isNamed)
                {
                    named.Add((Encoding.UTF8.GetBytes(field.Name), field.Place));
                    continue;
                }

                int at = IndexOf(names, field.Name);
                if (at >= 0)
                    slots[at] = field.Place;
                last = Math.Max(last, at);
            }

            entries.Add(new LayoutEntry(Encoding.UTF8.GetBytes($"({name.Text}"), slots[..(last + 1)], [.. named]));
            needed = last >= 0 || named.Count > 0 ? entries.Count : needed;
        }

        return new SampleLayout([.. entries[..needed]]);
    }

    private static int IndexOf(ReadOnlySpan<Datum> names, string name)
    {
        for (int i = 0; i < names.Length; i++)
            if (names[i].Kind == DatumKind.Symbol && names[i].Text == name)
                return i;
        return -1;
    }
}
