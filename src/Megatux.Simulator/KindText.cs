using System.Text.RegularExpressions;

namespace Megatux.Simulator;

/// <summary>Names of kinds, for people: "daemon crash".</summary>
internal static partial class KindText
{
    internal static string Of<T>(T kind) where T : struct, Enum => Capital().Replace(kind.ToString(), " $0").TrimStart().ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
