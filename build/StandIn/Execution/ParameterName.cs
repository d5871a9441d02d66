using System.Text;

namespace Nuke.Common.Execution;

/// <summary>The forms of a parameter's name: <c>DryRun</c> in code, <c>--dry-run</c> when typed, <c>DRY_RUN</c> outside.</summary>
internal static class ParameterName
{
    /// <summary>The form that people type, without the leading dashes.</summary>
    public static string Dashed(string member)
    {
        StringBuilder text = new();
        foreach (char letter in member)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    /// <summary>The form of environment variables.</summary>
    public static string Shouted(string member) => Dashed(member).Replace('-', '_').ToUpperInvariant();

    /// <summary>Whether something typed, with its dashes, means the parameter of that name.</summary>
    public static bool Matches(string typed, string member) =>
        typed.Replace("-", "").Equals(member.Replace("-", ""), StringComparison.OrdinalIgnoreCase);
}
