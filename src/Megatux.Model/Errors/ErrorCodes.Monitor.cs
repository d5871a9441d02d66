namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>A reduction cannot be compiled: its text is malformed, or does not define what it has to. The message says where and what was expected.</summary>
    public const string ReductionMalformed = "MTX4001";

    /// <summary>The text of a reduction is longer than one may be. Say the same with less, or make two of it.</summary>
    public const string ReductionTooLong = "MTX4002";

    /// <summary>A reduction has a name that none can have. Take letters, digits and dashes, as in busy-hosts.</summary>
    public const string ReductionBadName = "MTX4003";
}
