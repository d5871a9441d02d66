using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace Megatux.Imaging;

/// <summary>
/// Prints truth values as <c>true</c> and <c>false</c>, as every configuration file wants them, and refuses to print what is
/// not text: Handlebars would print a list's .NET form, and nothing at all for a failed look-up.
/// </summary>
internal sealed class TextFormatter : IFormatterProvider, IFormatter
{
    /// <inheritdoc/>
    public bool TryCreateFormatter(Type type, out IFormatter formatter)
    {
        formatter = this;
        return type == typeof(bool) || type == typeof(UndefinedBindingResult) ||
            type == typeof(Dictionary<string, object?>) || type == typeof(List<object?>);
    }

    /// <inheritdoc/>
    public void Format<T>(T value, in EncodedTextWriter writer)
    {
        switch (value)
        {
            case bool truth:
                writer.Write(truth ? "true" : "false", encode: false);
                break;
            case UndefinedBindingResult missing:
                throw new TemplateValueException(missing.ToString() ?? "", "is undefined");
            case List<object?>:
                throw new TemplateValueException("", "a list");
            default:
                throw new TemplateValueException("", "a group of variables");
        }
    }
}

/// <summary>Carries what cannot be printed out of the engine to where the template's file is known.</summary>
/// <param name="name">The name that a look-up failed to find; empty when the value is no text.</param>
/// <param name="what">What was found instead of a text.</param>
internal sealed class TemplateValueException(string name, string what) : Exception(what)
{
    /// <summary>The name that a look-up failed to find; empty when the value is no text.</summary>
    public string Name { get; } = name;
}
