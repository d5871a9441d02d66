using System.Globalization;

namespace Megatux.Model;

/// <summary>Names of network interfaces, the same on every node, and what Linux allows for one.</summary>
public static class InterfaceNames
{
    /// <summary>The bridge on a host that its guests are plugged into, and the host itself.</summary>
    public const string Bridge = BridgePrefix + "0";

    /// <summary>
    /// How many guests are plugged into one bridge: Linux takes 1023 ports (BR_MAX_PORTS, net/bridge/br_private.h), some of
    /// which lead to other bridges.
    /// </summary>
    public const int GuestsOfBridge = 1000;

    private const string BridgePrefix = "mtx";

    /// <summary>A guest's only interface.</summary>
    public const string Guest = "eth0";

    /// <summary>The loopback interface, which no plan may use.</summary>
    public const string Loopback = "lo";

    /// <summary>The longest name in bytes: IFNAMSIZ (linux/if.h) without its closing zero.</summary>
    public const int MaxLength = 15;

    /// <summary>The host's end of a guest's cable: <c>vm7</c> for guest 7. At most 12 bytes.</summary>
    public static string Tap(int guest) => string.Create(null, stackalloc char[MaxLength], $"{GuestNames.Prefix}{guest}");

    /// <summary>The bridge that a guest is plugged into: of a thousand guests each, which are one network.</summary>
    public static string BridgeOf(int guest) => string.Create(CultureInfo.InvariantCulture, $"{BridgePrefix}{guest / GuestsOfBridge}");

    /// <summary>The two ends of the cable between a host's first bridge and another one: <c>mtx0-mtx1</c> and <c>mtx1-mtx0</c>.</summary>
    public static (string First, string Other) CableTo(string bridge) => ($"{Bridge}-{bridge}", $"{bridge}-{Bridge}");

    /// <summary>True if Linux takes the name (dev_valid_name, net/core/dev.c) and nobody needs to quote it.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength || name is "." or "..")
            return false;
        foreach (char character in name)
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.' or '@'))
                return false;
        return true;
    }

    /// <summary>True if a host already uses the name for something other than its cable to the outside.</summary>
    public static bool IsTaken(ReadOnlySpan<char> name) =>
        name is Loopback || name.StartsWith(BridgePrefix) || (name.StartsWith(GuestNames.Prefix) && GuestNames.TryParseNumber(name[GuestNames.Prefix.Length..], out _));
}
