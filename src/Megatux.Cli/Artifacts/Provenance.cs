using System.Text.Json;

namespace Megatux.Cli;

/// <summary>
/// Where the files come from: an in-toto Statement (https://in-toto.io/Statement/v1) with SLSA's provenance
/// (https://slsa.dev/spec/v1.0/provenance). Not signed: who builds has a key for that, and a program of their own.
/// </summary>
internal static class Provenance
{
    private const string Statement = "https://in-toto.io/Statement/v1", Predicate = "https://slsa.dev/provenance/v1";
    private const string BuildType = "urn:megatux:experiment:v1", Builder = "urn:megatux:command:artifacts";

    /// <summary>Writes the statement.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="subjects">SHA-256 of all files, by their names.</param>
    /// <param name="checkout">What the project was built from; null where that is not known.</param>
    /// <param name="sdk">The SDK's version; null where that is not known.</param>
    internal static byte[] Write(string experiment, IReadOnlyDictionary<string, string> subjects, GitCheckout? checkout, string? sdk)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Sbom.Options))
        {
            json.WriteStartObject();
            json.WriteString("_type", Statement);
            json.WriteStartArray("subject");
            foreach ((string name, string sum) in subjects)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                WriteDigest(json, "sha256", sum);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("predicateType", Predicate);
            json.WriteStartObject("predicate");
            WriteDefinition(json, experiment, checkout, sdk);
            WriteRun(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteDefinition(Utf8JsonWriter json, string experiment, GitCheckout? checkout, string? sdk)
    {
        json.WriteStartObject("buildDefinition");
        json.WriteString("buildType", BuildType);
        json.WriteStartObject("externalParameters");
        json.WriteString("experiment", experiment);
        json.WriteEndObject();
        json.WriteStartArray("resolvedDependencies");
        if (checkout is not null)
            WriteCheckout(json, checkout);
        if (sdk is not null)
        {
            json.WriteStartObject();
            json.WriteString("uri", $"pkg:nuget/{SdkVersion.Name}@{Uri.EscapeDataString(sdk)}");
            json.WriteString("name", SdkVersion.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCheckout(Utf8JsonWriter json, GitCheckout checkout)
    {
        json.WriteStartObject();
        json.WriteString("name", "source");
        if (checkout.Repository is { } repository)
            json.WriteString("uri", $"git+{repository}@{checkout.Commit}");
        WriteDigest(json, "gitCommit", checkout.Commit);
        json.WriteStartObject("annotations");
        json.WriteBoolean("uncommittedChanges", checkout.HasChanges);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json)
    {
        json.WriteStartObject("runDetails");
        json.WriteStartObject("builder");
        json.WriteString("id", Builder);
        json.WriteStartObject("version");
        json.WriteString("megatux artifacts", ArtifactNames.Version);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDigest(Utf8JsonWriter json, string algorithm, string digest)
    {
        json.WriteStartObject("digest");
        json.WriteString(algorithm, digest);
        json.WriteEndObject();
    }
}
