namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>A template file cannot be read. Correct the path or the file's permissions.</summary>
    public const string TemplateUnreadable = "MTX2700";

    /// <summary>A template names a variable that nobody set. Correct the name or add a TemplateVariable.</summary>
    public const string TemplateVariableUndefined = "MTX2701";

    /// <summary>A template's own syntax is broken. Mend the line that the message names.</summary>
    public const string TemplateSyntax = "MTX2702";

    /// <summary>A template includes a partial that its <c>partials</c> folder lacks. Add the file or correct the name.</summary>
    public const string TemplatePartialMissing = "MTX2703";

    /// <summary>A template prints a group or a list where only text can be printed. Name one of its members, or loop over it.</summary>
    public const string TemplateValueNotText = "MTX2704";

    /// <summary>No engine of this build renders templates of this extension. Use one of the extensions that the message names.</summary>
    public const string TemplateEngineMissing = "MTX2705";

    /// <summary>A template variable's name cannot be used, or is taken already. Choose another.</summary>
    public const string TemplateVariableName = "MTX2706";

    /// <summary>A template failed while it was rendered, for another reason than a missing name. The message says which.</summary>
    public const string TemplateFailed = "MTX2707";
}
