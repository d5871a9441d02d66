using System.Collections.Concurrent;
using System.Globalization;
using HandlebarsDotNet;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Handlebars without HTML escaping, in the invariant culture, and strict: a name that nobody set is an error, not a blank.
/// Partials are the <c>.hbs</c> files of the folder <c>partials</c> beside a template.
/// </summary>
internal sealed partial class HandlebarsEngine : ITemplateEngine
{
    /// <summary>Extension of Handlebars files.</summary>
    public const string FileExtension = ".hbs";

    /// <summary>Folder beside a template that holds what it may include.</summary>
    private const string PartialsFolder = "partials";

    private readonly ConcurrentDictionary<string, Lazy<Compiled>> _templates = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Extension => FileExtension;

    /// <inheritdoc/>
    public string Render(string path, TemplateVariables variables)
    {
        Compiled template = _templates.GetOrAdd(path, key => new Lazy<Compiled>(() => Compile(Gather(key)))).Value;
        Dictionary<string, object?> values = Values(variables);
        try
        {
            return template.Run(values);
        }
        catch (Exception error) when (error is not MegatuxException)
        {
            throw Explain(error, template.Files, values);
        }
    }

    /// <inheritdoc/>
    public TemplateInputs Inputs(string path)
    {
        Family files = Gather(path);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string used in files.All.SelectMany(file => file.Tags).SelectMany(tag => tag.Paths()))
        {
            string[] keys = [.. used.Split('.', '/').Select(key => key.Trim('[', ']'))
                .SkipWhile(key => key.Length == 0).SkipWhile(key => key == "@root")];
            string first = keys.FirstOrDefault() ?? "";
            if (first is "" or "this")
                return new TemplateInputs(files.Paths, null);
            names.Add(first);
        }

        return new TemplateInputs(files.Paths, names);
    }

    /// <summary>Reads a template and all that it may include, and sees that nothing is missing.</summary>
    private static Family Gather(string path)
    {
        string folder = Path.Combine(Path.GetDirectoryName(path) ?? "", PartialsFolder);
        HandlebarsSource main = HandlebarsSource.Read(path);
        var partials = new SortedDictionary<string, HandlebarsSource>(StringComparer.Ordinal);
        var unread = new Stack<HandlebarsSource>([main]);
        while (unread.TryPop(out HandlebarsSource? source))
            foreach (TemplateTag include in source.Includes())
            {
                string file = Path.Combine(folder, include.Name + FileExtension);
                if (partials.ContainsKey(include.Name))
                    continue;
                if (include.Name.Length > 0 && File.Exists(file))
                    unread.Push(partials[include.Name] = HandlebarsSource.Read(file));
                else if (include.Kind == TagKind.Partial)
                    throw NoPartial(include, source, folder);
            }

        return new Family(main, partials);
    }

    private static Compiled Compile(Family files)
    {
        var configuration = new HandlebarsConfiguration
        {
            NoEscape = true,
            ThrowOnUnresolvedBindingExpression = true,
            FormatProvider = CultureInfo.InvariantCulture,
        };
        configuration.FormatterProviders.Add(new TextFormatter());
        IHandlebars handlebars = Handlebars.Create(configuration);
        // The one comparison that Handlebars lacks: {{#if (eq a "b")}}.
        handlebars.RegisterHelper("eq", (context, arguments) => arguments.Length == 2
            ? Text(arguments[0]) == Text(arguments[1])
            : throw new HandlebarsException($"'eq' compares two values, found {arguments.Length}"));
        foreach ((string name, HandlebarsSource partial) in files.Partials)
            handlebars.RegisterTemplate(name, Guarded(partial, () =>
            {
                using var text = new StringReader(partial.Text);
                return handlebars.Compile(text);
            }));

        HandlebarsTemplate<object, object> run = Guarded(files.Main, () => handlebars.Compile(files.Main.Text));
        return new Compiled(files, values => run(values));
    }

    private static string Text(object? value) => value is bool truth ? truth ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static T Guarded<T>(HandlebarsSource source, Func<T> compile)
    {
        try
        {
            return compile();
        }
        catch (Exception error)
        {
            // The compiler throws whatever its own code ran into, as well as its own exceptions.
            throw BadSyntax(error, source);
        }
    }

    private static Dictionary<string, object?> Values(TemplateVariables variables)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, object value) in variables.Values)
            values[name] = Value(value);
        return values;
    }

    /// <summary>Handlebars takes any text that is not empty for true, "false" included; so truth values become such.</summary>
    private static object? Value(object value) => value switch
    {
        TemplateVariables group => Values(group),
        List<object> list => list.ConvertAll(Value),
        "true" => true,
        "false" => false,
        _ => value,
    };

    /// <summary>A template with the partials that it may include, by name.</summary>
    private sealed record Family(HandlebarsSource Main, SortedDictionary<string, HandlebarsSource> Partials)
    {
        public IEnumerable<HandlebarsSource> All => Partials.Values.Prepend(Main);

        public IReadOnlyList<string> Paths => [.. All.Select(file => file.Path)];
    }

    private sealed record Compiled(Family Files, Func<object, string> Run);
}
