namespace Megatux.Model;

/// <summary>Choices as a project file and a manifest write them: the enum's names in lower case.</summary>
internal static class EnumNames
{
    public static string NameOf<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Finds a choice by name, in any case. Numbers are no names.</summary>
    public static bool TryParse<T>(string text, out T value) where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues<T>())
        {
            value = candidate;
            if (text.Equals(NameOf(candidate), StringComparison.OrdinalIgnoreCase))
                return true;
        }

        value = default;
        return false;
    }

    /// <summary>All choices, for a message: "uml, qemu or container".</summary>
    public static string All<T>() where T : struct, Enum
    {
        string[] names = [.. Enum.GetValues<T>().Select(NameOf)];
        return $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }
}
