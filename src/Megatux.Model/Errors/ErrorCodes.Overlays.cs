namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>An overlay's folder does not exist, or is no folder.</summary>
    public const string OverlayMissing = "MTX2201";

    /// <summary>A relative link of an overlay climbs out of the image's root. Make it end inside.</summary>
    public const string LinkLeavesImage = "MTX2202";

    /// <summary>A link of an overlay points to something that no member of the image has. Add it, or allow it with AllowDanglingLinks="true".</summary>
    public const string LinkDangles = "MTX2203";

    /// <summary>A line of an overlay's mtree file is not understood.</summary>
    public const string MtreeMalformed = "MTX2204";

    /// <summary>An overlay's mtree file names something that the overlay does not hold, without saying what to make of it.</summary>
    public const string MtreeNamesNothing = "MTX2205";

    /// <summary>A file's name is not valid UTF-8.</summary>
    public const string NameNotText = "MTX2206";
}
