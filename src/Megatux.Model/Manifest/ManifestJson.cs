using System.Text.Json.Serialization;

namespace Megatux.Model;

/// <summary>The file's JSON: what is allowed in it; <see cref="ManifestText"/> writes it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(SchemaDocument))]
internal sealed partial class ManifestJson : JsonSerializerContext;
