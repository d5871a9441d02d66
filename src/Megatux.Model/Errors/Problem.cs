namespace Megatux.Model;

/// <summary>One thing that is wrong with an experiment or its files, in words for the person who can mend it.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>; a code has one meaning.</param>
/// <param name="Message">What was found, what was expected, and what to do.</param>
/// <param name="Subject">
/// The property (<c>VmNetmask</c>) or item (<c>GuestOverlay:overlays/guest</c>) at fault, from which the build finds
/// the line of the project; null when <paramref name="Where"/> says it or nothing in the project is at fault.
/// </param>
/// <param name="Where">The line at fault, where it is known already (a template, a manifest).</param>
public sealed record Problem(string Code, string Message, string? Subject = null, SourceLocation? Where = null)
{
    /// <summary>One line: place, code, message.</summary>
    public override string ToString() => Where is { } place ? $"{place}: error {Code}: {Message}" : $"error {Code}: {Message}";
}
