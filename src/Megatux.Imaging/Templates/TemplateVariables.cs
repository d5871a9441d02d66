using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// What templates may name: texts, groups of them and lists, in the order in which they were set. Groups are written with
/// a dot (<c>hosts.count</c>). The values <c>true</c> and <c>false</c> are texts that conditions understand.
/// </summary>
public sealed partial class TemplateVariables
{
    /// <summary>Words with a meaning of their own in templates.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "if", "unless", "each", "with", "else", "lookup", "log", "this", "true", "false", "null", "undefined", "as", "eq",
        "helperMissing", "blockHelperMissing",
    ];

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly OrderedDictionary<string, object> _values = [];

    /// <summary>Names of this group's members, in the order in which they were set.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Members of this group: a string, a <see cref="TemplateVariables"/> or a list of such.</summary>
    internal IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>Sets a text.</summary>
    /// <param name="name">A name of letters, digits, '_' and '-', not starting with a digit; or several, joined by dots.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="MegatuxException"><see cref="ErrorCodes.TemplateVariableName"/>: the name is malformed, reserved or taken.</exception>
    public TemplateVariables Set(string name, string value) => Put(name, value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>Sets <c>true</c> or <c>false</c>.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    public TemplateVariables Set(string name, bool value) => Put(name, value ? "true" : "false");

    /// <summary>Sets a number, printed in decimal without separators.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    public TemplateVariables Set(string name, long value) => Put(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets a list of groups, for a template to loop over.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    public TemplateVariables Set(string name, IEnumerable<TemplateVariables> value) => Put(name, value.ToList<object>());

    /// <summary>Sets a list of texts, for a template to loop over.</summary>
    /// <inheritdoc cref="Set(string, string)"/>
    public TemplateVariables Set(string name, IEnumerable<string> value) => Put(name, value.ToList<object>());

    /// <summary>
    /// All names and values, or those of the top-level names given, as one line of JSON: equal variables give equal text in
    /// every culture and process, so that it can stand in a cache's key.
    /// </summary>
    public string Describe(IReadOnlySet<string>? only = null)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Plain))
            Write(json, this, only);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private TemplateVariables Put(string name, object value)
    {
        ArgumentNullException.ThrowIfNull(name);
        TemplateVariables group = this;
        string[] parts = name.Split('.');
        for (int index = 0; index < parts.Length; index++)
        {
            string part = parts[index];
            if (!NamePattern().IsMatch(part) || Reserved.Contains(part))
                throw Refused(name, $"'{part}' cannot be a template variable's name: expected letters, digits, '_' and '-', not starting with a digit, and none of the templates' own words");
            if (index == parts.Length - 1)
                return group._values.TryAdd(part, value) ? this : throw Refused(name, "the name is taken already: choose another");
            if (!group._values.TryGetValue(part, out object? inner))
                group._values.Add(part, inner = new TemplateVariables());
            group = inner as TemplateVariables ?? throw Refused(name, $"'{part}' is not a group already, so that nothing can be put into it: choose another name");
        }

        return this;
    }

    private static MegatuxException Refused(string name, string why) =>
        new(ErrorCodes.TemplateVariableName, $"Template variable '{name}': {why}.", $"TemplateVariable:{name}");

    private static void Write(Utf8JsonWriter json, object value, IReadOnlySet<string>? only)
    {
        switch (value)
        {
            case TemplateVariables group:
                json.WriteStartObject();
                foreach ((string name, object member) in group._values)
                    if (only?.Contains(name) != false)
                    {
                        json.WritePropertyName(name);
                        Write(json, member, null);
                    }

                json.WriteEndObject();
                break;
            case List<object> list:
                json.WriteStartArray();
                foreach (object member in list)
                    Write(json, member, null);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex NamePattern();
}
