using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>A node's routes against the plan: those that it needs must be there, and no other to the same addresses.</summary>
internal static class RouteView
{
    // buffer-format: proc(5), /proc/net/route: a heading, then fields of which addresses are hexadecimal as they lie in memory.
    private const string Table = "/proc/net/route";
    private const int InterfaceAt = 0, DestinationAt = 1, GatewayAt = 2, FlagsAt = 3, MaskAt = 7, Fields = 8;

    /// <summary>RTF_UP of include/uapi/linux/route.h.</summary>
    private const int Up = 1;

    /// <summary>More routes than a plan has; what is behind them was put there by somebody else.</summary>
    private const int MostRoutes = 4096;

    /// <summary>The routes of this network namespace.</summary>
    internal static List<Route> Read() => Parse(File.ReadLines(Table).Skip(1).Take(MostRoutes));

    /// <summary>Reads lines of the table; those that are no routes are passed over.</summary>
    internal static List<Route> Parse(IEnumerable<string> lines)
    {
        var routes = new List<Route>();
        foreach (string line in lines)
        {
            string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < Fields || !TryAddress(fields[DestinationAt], out IPv4Address destination) || !TryAddress(fields[GatewayAt], out IPv4Address gateway)
                || !TryAddress(fields[MaskAt], out IPv4Address mask) || !int.TryParse(fields[FlagsAt], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int flags) || (flags & Up) == 0)
                continue;
            var network = new IPv4Network(destination, BitOperations.PopCount(mask.Value));
            routes.Add(new Route(network, fields[InterfaceAt], gateway.Value == 0 ? null : gateway));
        }

        return routes;
    }

    /// <summary>Compares.</summary>
    internal static void Compare(Node node, IReadOnlyList<Route> routes, List<string> differences)
    {
        foreach (Route expected in node.Routes)
        {
            // Of several to the same addresses the first one counts.
            if (routes.FirstOrDefault(route => route.Destination == expected.Destination) is not { } found)
                differences.Add($"there is no route {expected}");
            else if (found != expected)
                differences.Add($"route is '{found}', expected '{expected}'");
        }
    }

    private static bool TryAddress(string text, out IPv4Address address)
    {
        bool read = uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value);
        address = new IPv4Address(BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return read;
    }
}
