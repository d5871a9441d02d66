using System.Globalization;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>What a DHCP server told this host.</summary>
/// <param name="Address">The host's address.</param>
/// <param name="PrefixLength">Prefix length of its network; 0 if the server did not say.</param>
/// <param name="HostName">The host's name; empty if the server gave none.</param>
internal sealed record DhcpLease(IPv4Address Address, int PrefixLength, string HostName)
{
    /// <summary>Where the program that udhcpc runs leaves the lease.</summary>
    private const string Path = Host.StateFolder + "/lease";

    // busybox's udhcpc: what its script is called with, and the variables that it then has.
    private const string Bound = "bound", Renewed = "renew", Failed = "leasefail", Deconfigured = "deconfig", Refused = "nak";
    private const string AddressVariable = "ip", PrefixVariable = "mask", NameVariable = "hostname", InterfaceVariable = "interface";

    /// <summary>True for the words that udhcpc calls its script with.</summary>
    internal static bool IsEvent(string word) => word is Bound or Renewed or Failed or Deconfigured or Refused;

    /// <summary>What this program does as udhcpc's script: keeps what was leased, for the host's first process to find.</summary>
    internal static int Take(string word)
    {
        if (word is Bound or Renewed)
        {
            // A name comes last, so that whatever is in it is only a name.
            Directory.CreateDirectory(Host.StateFolder);
            File.WriteAllText(Path + ".new", $"{Variable(AddressVariable)} {Variable(PrefixVariable)} {Variable(NameVariable)}");
            File.Move(Path + ".new", Path, overwrite: true);
        }
        else if (word == Failed)
        {
            FirstProcess.Say($"no DHCP server answers on {Variable(InterfaceVariable)}; trying on");
        }

        return 0;
    }

    /// <summary>The lease; null if there is none yet.</summary>
    internal static DhcpLease? TryRead() => File.Exists(Path) ? TryParse(File.ReadAllText(Path)) : null;

    /// <summary>Reads what <see cref="Take"/> wrote.</summary>
    internal static DhcpLease? TryParse(string text)
    {
        const int longestPrefix = 32;
        string[] parts = text.Split(' ', 3);
        if (parts.Length != 3 || !IPv4Address.TryParse(parts[0], out IPv4Address address))
            return null;
        bool hasPrefix = int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) && prefix <= longestPrefix;
        return new DhcpLease(address, hasPrefix ? prefix : 0, parts[2]);
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
