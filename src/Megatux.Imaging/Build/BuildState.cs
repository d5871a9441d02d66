using System.Text;

namespace Megatux.Imaging;

/// <summary>
/// What the last build was made from, in one file: properties and items as text, and the signature of every file it
/// looked at. Comparing it with what is there now is the one thing that a build with nothing to do still does.
/// </summary>
public static class BuildState
{
    private const string FileName = "megatux.state";
    private const int FormatVersion = 2;

    /// <summary>How the line of the inputs starts that says which Megatux builds.</summary>
    public const string ToolPrefix = "Megatux ";

    /// <summary>Says why a build is needed, for people; null when everything is as the last build left it.</summary>
    /// <param name="stateFolder">Full path of the folder of intermediate files, without a slash at its end.</param>
    /// <param name="inputs">Properties, items and tools, a line each, in the project's order.</param>
    /// <param name="looked">How many files were looked at.</param>
    public static string? WhyStale(string stateFolder, IReadOnlyList<string> inputs, out int looked)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        looked = 0;
        string path = Path.Combine(stateFolder, FileName);
        if (!File.Exists(path))
            return "no build of it was finished before";
        try
        {
            using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path), writable: false), Encoding.UTF8);
            if (reader.ReadInt32() != FormatVersion)
                return "it was built by another version of Megatux";

            // Files are remembered by their full paths: in a copy those are the original's, whatever changes here.
            if (reader.ReadString() is var place && place != stateFolder)
                return $"it was built in {place}";
            string[] before = new string[reader.ReadInt32()];
            for (int i = 0; i < before.Length; i++)
                before[i] = reader.ReadString();
            if (!before.AsSpan().SequenceEqual(inputs as string[] ?? [.. inputs]))
                return Difference(before, inputs);

            looked = reader.ReadInt32();
            for (int i = 0; i < looked; i++)
            {
                string file = reader.ReadString();
                FileSignature was = FileSignature.Read(reader);
                FileSignature now = FileSignature.Of(file);
                if (now != was)
                    return now == FileSignature.Absent ? $"{file} is gone" : was == FileSignature.Absent ? $"{file} is new" : $"{file} was touched";
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or FormatException or ArgumentException or OverflowException or UnauthorizedAccessException)
        {
            return "the record of the last build is damaged";
        }
    }

    /// <summary>Records a finished build.</summary>
    internal static void Save(string stateFolder, IReadOnlyList<string> inputs, WatchList watched, IReadOnlySet<string> outputs) =>
        AtomicFile.Write(Path.Combine(stateFolder, FileName), stream =>
        {
            using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            writer.Write(FormatVersion);
            writer.Write(stateFolder);
            writer.Write(inputs.Count);
            foreach (string line in inputs)
                writer.Write(line);
            watched.Write(writer, outputs);
        });

    /// <summary>Forgets the last build, before anything is changed: one that is killed or fails must not be taken for done.</summary>
    internal static void Forget(string stateFolder) => File.Delete(Path.Combine(stateFolder, FileName));

    private static string Difference(string[] before, IReadOnlyList<string> now)
    {
        string[] gone = [.. before.Except(now)];
        string[] come = [.. now.Except(before)];
        return (gone, come) switch
        {
            ([var was, ..], _) when was.StartsWith(ToolPrefix, StringComparison.Ordinal) => "Megatux itself changed",
            ([var was, ..], [var became, ..]) => $"{was} became {became}",
            ([var was, ..], _) => $"{was} is gone",
            (_, [var became, ..]) => $"{became} is new",
            _ => "the order of its items changed",
        };
    }
}
