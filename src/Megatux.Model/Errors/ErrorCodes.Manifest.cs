namespace Megatux.Model;

// 13: the manifest.
public static partial class ErrorCodes
{
    /// <summary>There is no manifest where one was expected: build the experiment, or name another.</summary>
    public const string ManifestMissing = "MTX1301";

    /// <summary>A file is too large to be a manifest: name the experiment's own experiment.json.</summary>
    public const string ManifestTooLarge = "MTX1302";

    /// <summary>A manifest is not the JSON that Megatux writes: build the experiment again.</summary>
    public const string ManifestMalformed = "MTX1303";

    /// <summary>A manifest was written by another version of Megatux: build the experiment again, or use that version.</summary>
    public const string ManifestSchemaUnknown = "MTX1304";

    /// <summary>A value of a manifest is none that Megatux writes: build the experiment again.</summary>
    public const string ManifestValueInvalid = "MTX1305";

    /// <summary>A manifest's experiment does not pass the checks of the plan: build the experiment again.</summary>
    public const string ManifestPlanInvalid = "MTX1306";

    /// <summary>A folder holds no experiment, or several: name the project file or the manifest.</summary>
    public const string ExperimentUnclear = "MTX1307";
}
