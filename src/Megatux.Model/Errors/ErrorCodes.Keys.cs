namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>There is no key where an experiment's was expected. Name the right file, or make one on the front-end.</summary>
    public const string KeyMissing = "MTX3701";

    /// <summary>Others than its owner may read or change the file of an experiment's key. Take that away, or make another key.</summary>
    public const string KeyNotSecret = "MTX3702";

    /// <summary>A file is no key of an experiment, or a damaged one. Remove it, so that another is made, or put back the right one.</summary>
    public const string KeyInvalid = "MTX3703";

    /// <summary>The file of an experiment's key cannot be read or written, for a reason that the message gives.</summary>
    public const string KeyUnusable = "MTX3704";
}
