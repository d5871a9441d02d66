using System.Globalization;
using System.Text.Json.Serialization;

namespace Megatux.Model;

// buffer-format: validation.json, schema 1.

/// <summary>The whole file.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ValidationDocument
{
    public required int Schema { get; init; }

    public required string Experiment { get; init; }

    // The serializer watches over nulls in properties, not over those in lists.
    public required IReadOnlyList<CheckDocument?> Checks { get; init; }
}

/// <summary>A check.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CheckDocument
{
    public required string Name { get; init; }

    public required string Nodes { get; init; }

    public string? Command { get; init; }

    public string? Expression { get; init; }

    public string? Expect { get; init; }

    public int? ExitCode { get; init; }

    public string? AtLeast { get; init; }

    public long? Count { get; init; }

    public required long WithinMs { get; init; }

    /// <summary>As a project would write it.</summary>
    internal ValidationItem ToItem() => new(Name)
    {
        Nodes = Nodes,
        Command = Command,
        Expression = Expression,
        Expect = Expect,
        ExitCode = ExitCode?.ToString(CultureInfo.InvariantCulture),
        AtLeast = AtLeast,
        Count = Count?.ToString(CultureInfo.InvariantCulture),
        Within = string.Create(CultureInfo.InvariantCulture, $"{WithinMs}ms"),
    };
}

/// <summary>The file's JSON: what is allowed in it; <see cref="ValidationList.ToJson"/> writes it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(ValidationDocument))]
[JsonSerializable(typeof(SchemaDocument))]
internal sealed partial class ValidationJson : JsonSerializerContext;
