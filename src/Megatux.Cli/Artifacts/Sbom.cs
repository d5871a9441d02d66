using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>
/// A software bill of materials, CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/). The same for the same images: its serial
/// number is made of what is in it, and its time is there only where SOURCE_DATE_EPOCH gives one.
/// </summary>
internal static class Sbom
{
    private const int UuidLength = 16;

    /// <summary>How JSON is written in artifacts: for people to read, too.</summary>
    internal static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the bill of an experiment's images.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="components">What is in the images, in order.</param>
    /// <param name="time">When it was made; null to leave that out.</param>
    internal static byte[] Write(string experiment, IReadOnlyCollection<SbomComponent> components, DateTimeOffset? time)
    {
        byte[] draft = Write(experiment, components, time, Guid.Empty);
        return Write(experiment, components, time, UuidOf(draft));
    }

    /// <summary>The time that the environment gives for what is built.</summary>
    /// <param name="text">SOURCE_DATE_EPOCH, in seconds since 1970; null or empty for none.</param>
    /// <exception cref="MegatuxException">It is no time.</exception>
    internal static DateTimeOffset? SourceTime(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw new MegatuxException(ErrorCodes.SourceDateMalformed, $"SOURCE_DATE_EPOCH is '{text}': expected seconds since 1970, 0 to {uint.MaxValue}; or unset it.");

    private static byte[] Write(string experiment, IReadOnlyCollection<SbomComponent> components, DateTimeOffset? time, Guid serial)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.5.schema.json");
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.5");
            json.WriteString("serialNumber", $"urn:uuid:{serial}");
            json.WriteNumber("version", 1);
            WriteMetadata(json, experiment, time);
            json.WriteStartArray("components");
            foreach (SbomComponent component in components)
                Write(json, component);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, string experiment, DateTimeOffset? time)
    {
        json.WriteStartObject("metadata");
        if (time is { } made)
            json.WriteString("timestamp", made.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteStartObject("tools");
        json.WriteStartArray("components");
        json.WriteStartObject();
        json.WriteString("type", "application");
        json.WriteString("name", "megatux");
        json.WriteString("version", ArtifactNames.Version);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("component");
        json.WriteString("type", "operating-system");
        json.WriteString("bom-ref", $"experiment:{experiment}");
        json.WriteString("name", experiment);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SbomComponent component)
    {
        json.WriteStartObject();
        json.WriteString("type", component.Type);
        json.WriteString("bom-ref", component.Reference);
        json.WriteString("name", component.Name);
        if (component.Version is { } version)
            json.WriteString("version", version);
        if (component.Sha256 is { } sha256)
        {
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("alg", "SHA-256");
            json.WriteString("content", sha256);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (component.Purl is { } purl)
            json.WriteString("purl", purl);
        json.WriteStartObject("evidence");
        if (component.Evidence is { } evidence)
            WriteIdentity(json, evidence);
        json.WriteStartArray("occurrences");
        foreach (string place in component.Places)
        {
            json.WriteStartObject();
            json.WriteString("location", place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, string evidence)
    {
        json.WriteStartObject("identity");
        json.WriteString("field", "purl");
        json.WriteNumber("confidence", 1);
        json.WriteStartArray("methods");
        json.WriteStartObject();
        json.WriteString("technique", "hash-comparison");
        json.WriteNumber("confidence", 1);
        json.WriteString("value", evidence);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A UUID of version 8, RFC 9562: bits of one's own.</summary>
    private static Guid UuidOf(byte[] contents)
    {
        byte[] bytes = SHA256.HashData(contents)[..UuidLength];
        (bytes[6], bytes[8]) = ((byte)(0x80 | (bytes[6] & 0x0F)), (byte)(0x80 | (bytes[8] & 0x3F)));
        return new Guid(bytes, bigEndian: true);
    }
}
