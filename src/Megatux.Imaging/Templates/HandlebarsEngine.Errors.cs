using System.Globalization;
using System.Text.RegularExpressions;
using HandlebarsDotNet;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Handlebars' errors, put as errors of a file and a line.</summary>
internal sealed partial class HandlebarsEngine
{
    /// <summary>What went wrong while rendering.</summary>
    private static MegatuxException Explain(Exception error, Family files, Dictionary<string, object?> values)
    {
        HandlebarsSource source = files.Main;
        Exception cause = error;
        // Every partial on the way to the fault wraps it once more and says its own name.
        for (; ; cause = cause.InnerException!)
        {
            if (PartialPattern().Match(cause.Message) is { Success: true } match && files.Partials.TryGetValue(match.Groups[1].Value, out HandlebarsSource? partial))
                source = partial;
            if (cause.InnerException is null)
                break;
        }

        if (cause is TemplateValueException { Name.Length: 0 })
            return NotText(cause, source, values);
        string? missing = cause is TemplateValueException lookup ? lookup.Name
            : UndefinedPattern().Match(cause.Message) is { Success: true } undefined ? undefined.Groups[1].Value : null;
        return missing is not null
            ? Undefined(missing, source, values)
            : new MegatuxException(ErrorCodes.TemplateFailed, $"The template cannot be rendered: {OneLine(cause.Message)}.", where: new SourceLocation(source.Path), inner: error);
    }

    private static MegatuxException Undefined(string missing, HandlebarsSource source, Dictionary<string, object?> values)
    {
        if (TemplateScopes.Find(missing, source.Tags, values) is not ({ } tag, { } path, { } advice))
            return new MegatuxException(ErrorCodes.TemplateVariableUndefined,
                $"The template names an undefined variable '{missing}': set it with a TemplateVariable item.", where: new SourceLocation(source.Path));
        return new MegatuxException(ErrorCodes.TemplateVariableUndefined, $"The variable '{path}' is undefined: {advice}", where: tag.In(source.Path));
    }

    private static MegatuxException NotText(Exception cause, HandlebarsSource source, Dictionary<string, object?> values)
    {
        TemplateTag? tag = TemplateScopes.FindGroup(source.Tags, values);
        return new MegatuxException(ErrorCodes.TemplateValueNotText,
            $"'{tag?.Name ?? "a variable"}' is {cause.Message}, which cannot be printed: expected a text; name one of its members, or loop over it with {{{{#each}}}}.",
            where: tag?.In(source.Path) ?? new SourceLocation(source.Path));
    }

    private static MegatuxException NoPartial(TemplateTag include, HandlebarsSource source, string folder)
    {
        IEnumerable<string> known = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + FileExtension).Order(StringComparer.Ordinal) : [];
        string advice = NearestName.Of(include.Name, known.Select(TemplateRenderer.TargetName)) is { } near
            ? $"did you mean '{near}'?" : "add the file, or correct the name.";
        return new MegatuxException(ErrorCodes.TemplatePartialMissing,
            $"The partial '{include.Name}' is missing: expected the file {Path.Combine(folder, include.Name + FileExtension)}; {advice}",
            where: include.In(source.Path));
    }

    /// <summary>What went wrong while compiling: where the engine does not know the place, the blocks' own nesting does.</summary>
    private static MegatuxException BadSyntax(Exception error, HandlebarsSource source)
    {
        (SourceLocation where, string what) = UnbalancedBlock(source)
            ?? (PlacePattern().Match(error.Message) is { Success: true } place
                ? new SourceLocation(source.Path, 1 + Number(place, 1), Math.Max(1, Number(place, 2)))
                : EmptyBlock(source), OneLine(PlacePattern().Replace(error.Message, "")));
        return new MegatuxException(ErrorCodes.TemplateSyntax, $"The template is malformed: {what}.", where: where, inner: error);
    }

    private static (SourceLocation Where, string What)? UnbalancedBlock(HandlebarsSource source)
    {
        var open = new Stack<TemplateTag>();
        foreach (TemplateTag tag in source.Tags)
        {
            if (tag.Kind is TagKind.Open or TagKind.PartialBlock or TagKind.Inline)
                open.Push(tag);
            if (tag.Kind != TagKind.Close)
                continue;
            if (!open.TryPop(out TemplateTag? opened))
                return (tag.In(source.Path), $"{{{{/{tag.Name}}}}} closes a block that was never opened");
            if (opened.Name != tag.Name)
                return (tag.In(source.Path), $"found {{{{/{tag.Name}}}}}, expected {{{{/{opened.Name}}}}} for the block opened in line {opened.Line}");
        }

        return open.TryPeek(out TemplateTag? last) ? (last.In(source.Path), $"the block {{{{#{last.Name}}}}} is never closed") : null;
    }

    /// <summary>The compiler fails without a word on a helper without its argument.</summary>
    private static SourceLocation EmptyBlock(HandlebarsSource source) =>
        source.Tags.FirstOrDefault(tag => tag.Kind is TagKind.Open or TagKind.Partial && tag.Words.Count < (tag.Kind == TagKind.Partial ? 1 : 2))
            is { } empty ? empty.In(source.Path) : new SourceLocation(source.Path);

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    [GeneratedRegex("rendering partial '([^']*)'")]
    private static partial Regex PartialPattern();

    [GeneratedRegex("^(.*) is undefined$")]
    private static partial Regex UndefinedPattern();

    [GeneratedRegex(@"\s*Occured at: (\d+):(\d+)\s*")]
    private static partial Regex PlacePattern();
}
