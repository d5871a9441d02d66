namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The classic VMatic file cannot be read. Correct its path or permissions.</summary>
    public const string ClassicUnreadable = "MTX3200";

    /// <summary>A line of the classic VMatic file is no <c>NAME=VALUE</c>. Mend it, or make it a comment with <c>#</c>.</summary>
    public const string ClassicMalformedLine = "MTX3201";

    /// <summary>A value of the classic VMatic file refers to a name that no line above sets. Correct the name or set it.</summary>
    public const string ClassicUndefinedReference = "MTX3202";

    /// <summary>A setting of the classic VMatic file is not known. Correct the name, or keep it as a comment with <c>--keep-unknown</c>.</summary>
    public const string ClassicUnknownSetting = "MTX3203";

    /// <summary>A setting of the classic VMatic file has a value that it cannot have. The message says what it can.</summary>
    public const string ClassicBadValue = "MTX3204";

    /// <summary>Two settings of the classic VMatic file contradict each other. Keep one of them.</summary>
    public const string ClassicContradiction = "MTX3205";

    /// <summary>The project file that an import would write exists already. Give another name, or <c>--force</c>.</summary>
    public const string ImportOutputExists = "MTX3206";

    /// <summary>The project file that an import makes cannot be written. Correct the path, its permissions or the disk.</summary>
    public const string ImportOutputUnwritable = "MTX3207";
}
