namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>A check of a project does not say what is checked, or says two things that exclude each other. Write it as the message shows.</summary>
    public const string ValidationUnclear = "MTX4301";

    /// <summary>A check's name is of the wrong form, another check's, or that of one that every experiment has. Rename it.</summary>
    public const string ValidationNameUnusable = "MTX4302";

    /// <summary>A file of checks is none that Megatux wrote, or of another experiment. Build the experiment again.</summary>
    public const string ValidationFileMalformed = "MTX4303";

    /// <summary>The experiment has no check of the name. The message gives the nearest, or all.</summary>
    public const string ValidationUnknown = "MTX4304";

    /// <summary>An option of megatux validate cannot be what it is. Write it as the message shows.</summary>
    public const string ValidationOption = "MTX4305";
}
