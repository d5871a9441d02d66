using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <summary>
/// A program on one line, as requests are: comments and line ends are spaces, so that each byte keeps its place, and a place that
/// the root speaks of can be told as it is in the file.
/// </summary>
internal sealed partial class ProgramLine
{
    private readonly byte[] _original;

    private ProgramLine(byte[] original, byte[] line) => (_original, Line) = (original, line);

    /// <summary>The line.</summary>
    internal byte[] Line { get; }

    /// <summary>Writes a program on one line.</summary>
    /// <exception cref="MegatuxException">It is none that can be read (<see cref="ErrorCodes.ReductionUnreadable"/>).</exception>
    internal static ProgramLine Of(string name, string text)
    {
        byte[] original = Encoding.UTF8.GetBytes(text), line = new byte[original.Length];
        Array.Fill(line, (byte)' ');
        var reader = new SexpReader(original, new SexpLimits { MaxMessageBytes = Math.Max(1, original.Length) });
        try
        {
            for (var builder = new DatumBuilder(); builder.Read(ref reader, out _);)
            {
                // Read to its end to see that it is whole.
            }
        }
        catch (SexpException malformed)
        {
            throw new MegatuxException(ErrorCodes.ReductionUnreadable, $"The reduction {name} is no program: {malformed.Message}. Correct it there.", inner: malformed);
        }

        reader = new SexpReader(original, new SexpLimits { MaxMessageBytes = Math.Max(1, original.Length) });
        while (reader.Read())
            for (int at = (int)reader.Offset; at < reader.BytesConsumed; at++)
                line[at] = original[at] is (byte)'\n' or (byte)'\r' ? (byte)' ' : original[at];
        return new ProgramLine(original, line);
    }

    /// <summary>What the root says of the line, with places as they are in the program.</summary>
    internal string Told(string message) => Place().Replace(message, place =>
    {
        if (!int.TryParse(place.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int column) || column > _original.Length)
            return place.Value;
        ReadOnlySpan<byte> before = _original.AsSpan(0, column - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{before.Count((byte)'\n') + 1}:{column - 1 - before.LastIndexOf((byte)'\n')}");
    });

    [GeneratedRegex(@"\b1:([1-9][0-9]{0,6})\b")]
    private static partial Regex Place();
}
