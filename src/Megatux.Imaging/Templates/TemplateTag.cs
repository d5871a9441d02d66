using System.Text.RegularExpressions;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>What a Handlebars tag does.</summary>
internal enum TagKind
{
    /// <summary><c>{{name}}</c></summary>
    Print,

    /// <summary><c>{{#if name}}</c>, <c>{{^name}}</c></summary>
    Open,

    /// <summary><c>{{else}}</c>, <c>{{else if name}}</c>, <c>{{^}}</c></summary>
    Else,

    /// <summary><c>{{/if}}</c></summary>
    Close,

    /// <summary><c>{{> name}}</c></summary>
    Partial,

    /// <summary><c>{{#> name}}</c>: a partial with text to fall back on.</summary>
    PartialBlock,

    /// <summary><c>{{#*inline "name"}}</c></summary>
    Inline,
}

/// <summary>
/// One tag of a Handlebars template and where it stands. The engine's own errors about names and blocks do not say where;
/// reading the tags once more, after the fact, does.
/// </summary>
/// <param name="Kind">What the tag does.</param>
/// <param name="Words">Its words without the punctuation that makes its kind; strings keep their quotes.</param>
/// <param name="Line">Line of its first brace, from 1.</param>
/// <param name="Column">Column of its first brace, from 1.</param>
internal sealed partial record TemplateTag(TagKind Kind, IReadOnlyList<string> Words, int Line, int Column)
{
    private static readonly HashSet<string> Helpers = ["if", "unless", "each", "with", "lookup", "eq", "else"];

    private static readonly HashSet<string> Literals = ["true", "false", "null", "undefined"];

    /// <summary>The tag's first word without quotes or brackets: the block's, the partial's or the variable's name.</summary>
    public string Name => Words.Count == 0 ? "" : Words[0].Trim('"', '\'', '[', ']');

    /// <summary>The place of the tag in a file.</summary>
    public SourceLocation In(string file) => new(file, Line, Column);

    /// <summary>The variables that the tag names, as written: <c>hosts.count</c>, <c>../name</c>, <c>@root.x</c>.</summary>
    public IEnumerable<string> Paths()
    {
        if (Kind is TagKind.Close or TagKind.Inline)
            yield break;
        int first = Kind is TagKind.Partial or TagKind.PartialBlock ? 1 : 0;
        for (int index = first; index < Words.Count; index++)
        {
            string word = Words[index];
            if (word == "as")
                yield break;
            int value = word.IndexOf('=', StringComparison.Ordinal) + 1;
            word = word[value..];
            bool helper = Words.Count > 1 && Helpers.Contains(word) || word == "else";
            if (word.Length > 0 && word[0] is not ('"' or '\'' or '|' or (>= '0' and <= '9')) && !helper && !Literals.Contains(word))
                yield return word;
        }
    }

    /// <summary>Names between bars: <c>{{#each hosts as |host index|}}</c>.</summary>
    public IEnumerable<string> BlockParameters()
    {
        int bar = Words.ToList().IndexOf("as");
        return bar < 0 ? [] : Words.Skip(bar + 1).Select(word => word.Trim('|')).Where(word => word.Length > 0);
    }

    /// <summary>All tags of a template in order, comments and escaped tags left out. Never fails: what is no tag is text.</summary>
    public static List<TemplateTag> All(string template)
    {
        var tags = new List<TemplateTag>();
        int line = 1, lineStart = 0, counted = 0;
        foreach (Match match in TagPattern().Matches(template))
        {
            for (; counted < match.Index; counted++)
                if (template[counted] == '\n')
                {
                    line++;
                    lineStart = counted + 1;
                }

            bool escaped = match.Index > 0 && template[match.Index - 1] == '\\' && (match.Index < 2 || template[match.Index - 2] != '\\');
            if (!escaped && !match.Groups["comment"].Success)
                tags.Add(Read(match.Groups["inside"].Value.Trim('~').Trim(), line, match.Index - lineStart + 1));
        }

        return tags;
    }

    private static TemplateTag Read(string inside, int line, int column)
    {
        (TagKind kind, int skip) = inside switch
        {
            ['#', '>', ..] => (TagKind.PartialBlock, 2),
            ['#', '*', ..] => (TagKind.Inline, 2),
            "^" => (TagKind.Else, 1),
            ['#' or '^', ..] => (TagKind.Open, 1),
            ['/', ..] => (TagKind.Close, 1),
            ['>', ..] => (TagKind.Partial, 1),
            _ => (inside == "else" || inside.StartsWith("else ", StringComparison.Ordinal) ? TagKind.Else : TagKind.Print, 0),
        };
        return new TemplateTag(kind, [.. WordPattern().Matches(inside[skip..]).Select(word => word.Value)], line, column);
    }

    [GeneratedRegex(@"(?<comment>\{\{~?!--.*?--~?\}\}|\{\{~?!.*?\}\})|\{\{\{?(?<inside>[^{}]*)\}\}\}?", RegexOptions.Singleline)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"""[^""]*""|'[^']*'|[^\s()""']+")]
    private static partial Regex WordPattern();
}
