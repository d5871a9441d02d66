using System.Globalization;
using System.Text;
using Megatux.Pushmon;
using Megatux.Sexp;

namespace Megatux.Simulator;

/// <summary>
/// What simulated nodes say of themselves: their number, when they say it, and a one; and programs that reduce that so that what all comes
/// to can be held against itself.
/// </summary>
internal static class SyntheticSample
{
    private static readonly byte[] Schema = "((me 'G number time one))"u8.ToArray();

    /// <param name="number">The node's number.</param>
    /// <param name="now">The time.</param>
    internal static (ReadOnlyMemory<byte> Schema, ReadOnlyMemory<byte> Data) Take(long number, TimeSpan now) =>
        (Schema, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"((me {number} {now.Ticks} 1))")));

    /// <summary>Who said a sample, and when.</summary>
    internal static (long Number, TimeSpan Time)? Read(ReadOnlyMemory<byte> data) =>
        Datum.Parse(data.Span).Items is [{ Items: [_, var number, var time, _] }]
        && long.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long who)
        && long.TryParse(time.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) ? (who, TimeSpan.FromTicks(ticks)) : null;

    /// <summary>A program that says which version of it spoke. One that names nodes takes another way through reductions than one that does not.</summary>
    internal static string ProgramOf(int version, bool namesNodes) => string.Create(CultureInfo.InvariantCulture, $"""
        (define (sample node s)
          (list
            (list 'version (stat {version})){(namesNodes ? " (list 'who (group 'said))" : "")}
            (list 'one (stat (get s 'me 'one)))
            (list 'number (stat (get s 'me 'number)))
            (list 'time (stat (get s 'me 'time)))))
        """);
}
