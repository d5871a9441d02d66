using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>The reductions that somebody put beside the built-in one, on the disk: a root that is started again knows them.</summary>
internal static class KeptReductions
{
    private static readonly SexpLimits Limits = new() { MaxTokenBytes = 64 << 10, MaxMessageBytes = 4 << 20 };

    /// <summary>Reads them; what cannot be read is none.</summary>
    internal static List<(string Name, string Text)> Read(string path)
    {
        try
        {
            var kept = new List<(string, string)>();
            foreach (Datum entry in Datum.ParseAll(File.ReadAllBytes(path), Limits))
                if (entry.Items is [{ Kind: DatumKind.Symbol } name, { Kind: DatumKind.String } text])
                    kept.Add((name.Text, text.Text));
            return kept;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or SexpException)
        {
            return [];
        }
    }

    /// <summary>Writes them, whole or not at all.</summary>
    internal static void Write(string path, IEnumerable<(string Name, string Text)> reductions)
    {
        string half = path + ".new";
        File.WriteAllLines(half, reductions.Select(reduction => Datum.List(Datum.Atom(reduction.Name), Datum.String(reduction.Text)).ToString()));
        File.Move(half, path, overwrite: true);
    }
}
