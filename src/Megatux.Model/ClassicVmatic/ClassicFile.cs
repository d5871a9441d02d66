using System.Xml;

namespace Megatux.Model;

/// <summary>
/// Reads a classic VMatic file: <c>NAME=VALUE</c> lines, as shells and make have them. Comments start with <c>#</c>, a
/// backslash at its end joins a line with the next, <c>export</c> may stand before a name, and values refer to names set
/// above them.
/// </summary>
internal sealed class ClassicFile
{
    private readonly string _file;
    private readonly Dictionary<string, ClassicSetting> _settings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _referred = new(StringComparer.Ordinal);

    private ClassicFile(string file) => _file = file;

    /// <summary>What was set, in the order of first setting; a name that was set again has its last value, as in a shell.</summary>
    public IEnumerable<ClassicSetting> Settings => _settings.Values;

    /// <summary>True for a name that another value refers to: it may be a variable of the file's own.</summary>
    public bool IsReferred(string name) => _referred.Contains(name);

    /// <summary>Reads the text of <paramref name="file"/>.</summary>
    /// <exception cref="MegatuxException">
    /// <see cref="ErrorCodes.ClassicMalformedLine"/> or <see cref="ErrorCodes.ClassicUndefinedReference"/>.
    /// </exception>
    public static ClassicFile Parse(string text, string file)
    {
        var result = new ClassicFile(file);
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            int first = index + 1;
            string line = lines[index].TrimEnd('\r');
            bool comment = line.TrimStart().StartsWith('#');
            while (!comment && EndsInBackslash(line))
            {
                if (index + 1 == lines.Length)
                    throw result.Malformed(first, "the file ends in a backslash, expected the line that it continues in");
                line = $"{line[..^1].TrimEnd()} {lines[++index].TrimEnd('\r').TrimStart()}";
            }

            result.Read(line.Trim(), first);
        }

        return result;
    }

    private static bool EndsInBackslash(string line) => (line.Length - line.AsSpan().TrimEnd('\\').Length) % 2 == 1;

    private void Read(string line, int number)
    {
        if (line.Length == 0 || line[0] == '#')
            return;
        VerifyText(line, number);
        bool exported = line.StartsWith("export ", StringComparison.Ordinal) || line.StartsWith("export\t", StringComparison.Ordinal);
        ReadOnlySpan<char> rest = exported ? line.AsSpan("export ".Length).TrimStart() : line;
        int length = NameLength(rest);
        string name = rest[..length].ToString();
        rest = rest[length..].TrimStart();
        if (exported && length > 0 && (rest.Length == 0 || rest[0] == '#'))
            return;

        string? sign = rest switch
        {
            ['=', ..] => "=",
            [':', '=', ..] => ":=",
            ['?', '=', ..] => "?=",
            ['+', '=', ..] => "+=",
            _ => null,
        };
        if (length == 0 || sign is null)
            throw Malformed(number, $"found '{line}', expected NAME=VALUE");

        var where = new SourceLocation(_file, number);
        string value = new ClassicValue(rest[sign.Length..].Trim().ToString(), where, Lookup).Read();
        if (_settings.TryGetValue(name, out ClassicSetting? before))
        {
            if (sign == "?=")
                return;
            if (sign == "+=")
                value = $"{before.Value} {value}".Trim();
        }

        _settings[name] = new ClassicSetting(name, value, where);
    }

    /// <summary>What XML cannot hold, no project can.</summary>
    private void VerifyText(string line, int number)
    {
        try
        {
            XmlConvert.VerifyXmlChars(line);
        }
        catch (XmlException)
        {
            throw Malformed(number, "found a control character, expected text");
        }
    }

    private string Lookup(string name, SourceLocation where)
    {
        _referred.Add(name);
        if (_settings.TryGetValue(name, out ClassicSetting? setting))
            return setting.Value;
        string advice = NearestName.Of(name, _settings.Keys) is { } near ? $"did you mean '{near}'?" : "set it in a line above, or write its value out.";
        throw new MegatuxException(ErrorCodes.ClassicUndefinedReference, $"'{name}' is referred to but not set above: {advice}", where: where);
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
            length++;
        return length > 0 && char.IsAsciiDigit(text[0]) ? 0 : length;
    }

    private MegatuxException Malformed(int line, string what) =>
        new(ErrorCodes.ClassicMalformedLine, $"The line is malformed: {what}.", where: new SourceLocation(_file, line));
}
