namespace Megatux.Cli;

/// <summary>A part of images, as a bill of materials lists it.</summary>
/// <param name="Reference">What no other part is called.</param>
/// <param name="Type">Its type in CycloneDX: <c>library</c>, <c>application</c>, <c>operating-system</c> or <c>file</c>.</param>
/// <param name="Name">Its name.</param>
internal sealed record SbomComponent(string Reference, string Type, string Name)
{
    /// <summary>Its version; null for a file.</summary>
    internal string? Version { get; init; }

    /// <summary>Its package URL; null for what comes from no package.</summary>
    internal string? Purl { get; init; }

    /// <summary>SHA-256 in hexadecimal of what is one file; null for a package.</summary>
    internal string? Sha256 { get; init; }

    /// <summary>How it was found out what it is; null where nothing had to be.</summary>
    internal string? Evidence { get; init; }

    /// <summary>Where it lies, in order.</summary>
    internal SortedSet<string> Places { get; } = new(StringComparer.Ordinal);
}
