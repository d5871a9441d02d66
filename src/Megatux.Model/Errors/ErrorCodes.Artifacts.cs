namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The folder for artifacts holds something that megatux artifacts did not make, and is left as it is. Name an empty folder, a new one, or one that it made.</summary>
    public const string NotArtifacts = "MTX4201";

    /// <summary>Artifacts cannot be written, for a reason that the message gives; what was in the folder before is as it was.</summary>
    public const string ArtifactsFailed = "MTX4202";

    /// <summary>Somebody else writes artifacts to the same folder at the moment. Try again when that is done.</summary>
    public const string ArtifactsBusy = "MTX4203";

    /// <summary>SOURCE_DATE_EPOCH in the environment is no time. Give seconds since 1970, or unset it.</summary>
    public const string SourceDateMalformed = "MTX4204";
}
