namespace Megatux.Cli;

/// <summary>What the files are called that come to those of a build, and how this program is called in them.</summary>
internal static class ArtifactNames
{
    /// <summary>Checksums of all other files, as sha256sum(1) reads them.</summary>
    internal const string Checksums = CopiedFiles.Checksums;

    /// <summary>What went into the images.</summary>
    internal const string Sbom = "sbom.cdx.json";

    /// <summary>What was built from what.</summary>
    internal const string Provenance = "provenance.json";

    /// <summary>This program's version.</summary>
    internal static string Version { get; } = typeof(ArtifactNames).Assembly.GetName().Version!.ToString(3);
}
