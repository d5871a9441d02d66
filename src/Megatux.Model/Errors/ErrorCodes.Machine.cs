namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The disk is full. Old outputs are untouched. Free space, or put the output elsewhere.</summary>
    public const string DiskFull = "MTX3001";

    /// <summary>An output cannot be written, for a reason that the message gives. Old outputs are untouched.</summary>
    public const string OutputUnwritable = "MTX3002";

    /// <summary>An input cannot be read, for a reason that the message gives.</summary>
    public const string InputUnreadable = "MTX3003";

    /// <summary>Another build of the same experiment has been running for longer than this one waits.</summary>
    public const string BuildLocked = "MTX3004";

    /// <summary>Two outputs would have the same path. Give them different folders.</summary>
    public const string OutputTwice = "MTX3005";
}
