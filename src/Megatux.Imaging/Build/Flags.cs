using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Truth values as MSBuild projects write them.</summary>
internal static class Flags
{
    internal static bool Parse(string text, string what, string subject) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" or "" => false,
        _ => throw new MegatuxException(ErrorCodes.PropertyMalformed, $"{what} is '{text}': expected true or false.", subject),
    };

    /// <summary>A property that is true or false.</summary>
    internal static bool Flag(this BuildRequest request, string property) => Parse(request.Setting(property), property, property);
}
