using System.Globalization;
using System.Text;

namespace Megatux.Model;

/// <summary>Numbers as text that stays short where many follow one another: <c>0-3,7,9-12</c>.</summary>
public static class NumberRuns
{
    /// <summary>Writes numbers.</summary>
    /// <param name="numbers">Numbers from 0, each greater than the one before.</param>
    /// <param name="separator">What stands between two runs.</param>
    /// <returns>The text; empty for no numbers.</returns>
    public static string Write(IEnumerable<int> numbers, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var text = new StringBuilder();
        int first = 0, last = -1;
        foreach (int number in numbers)
        {
            if (last >= 0 && number == last + 1)
            {
                last = number;
                continue;
            }

            Append(text, first, last, separator);
            first = last = number;
        }

        Append(text, first, last, separator);
        return text.ToString();
    }

    private static void Append(StringBuilder text, int first, int last, char separator)
    {
        if (last < 0)
            return;
        if (text.Length > 0)
            text.Append(separator);
        text.Append(CultureInfo.InvariantCulture, $"{first}");
        if (last > first)
            text.Append(CultureInfo.InvariantCulture, $"-{last}");
    }
}
