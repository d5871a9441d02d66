using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Megatux.Model;

/// <summary>The one form in which the file is written.</summary>
internal static class ManifestForms
{
    /// <summary>Writes without line ends, and without escapes that only HTML needs.</summary>
    public static ManifestJson Compact { get; } = new(new JsonSerializerOptions(ManifestJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes a line for each value, and one for each member and kernel: those are most of the file.</summary>
    public static ManifestJson Written { get; } = new(new JsonSerializerOptions(Compact.Options)
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Converters = { new OnOneLine<MemberDocument>("\n    "), new OnOneLine<KernelDocument>("") },
    });

    // The writer indents no raw value: elements of a list bring their own line end and indentation.
    private sealed class OnOneLine<T>(string lead) : JsonConverter<T>
    {
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteRawValue(lead + JsonSerializer.Serialize(value, typeof(T), Compact));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("This form is for writing.");
    }
}
