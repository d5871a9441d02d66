using Megatux.Agents;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Which host of the experiment this is.</summary>
internal static class HostIdentification
{
    private const string HostnameFile = "/etc/hostname";

    /// <summary>True if the host was told who it is, when it was started or in its image, and need not ask by DHCP.</summary>
    internal static bool IsTold(Experiment experiment, BootWords words) =>
        words.Index is not null || words.Address is not null || words.Node is not null || experiment.Find(NameInImage()) is HostNode;

    /// <summary>By the name, index or address that the host was started with, or by the name in its image.</summary>
    /// <exception cref="MegatuxException">It is none.</exception>
    internal static HostNode Find(Experiment experiment, BootWords words)
    {
        if (words.Index is { } index)
            return index < experiment.HostCount ? experiment.Host(index) : throw Nobody(experiment, $"index {index}");
        if (words.Address is { } text)
        {
            string own = text.Split('/')[0];
            return IPv4Address.TryParse(own, out IPv4Address address) ? Find(experiment, address) : throw Nobody(experiment, $"address {own}");
        }

        string name = words.Node ?? NameInImage();
        return experiment.Find(name) as HostNode ?? throw Nobody(experiment, $"name '{name}'");
    }

    /// <summary>By what a DHCP server said: the address or the name, as the project has it.</summary>
    /// <exception cref="MegatuxException">It is none.</exception>
    internal static HostNode Find(Experiment experiment, DhcpLease lease)
    {
        if (experiment.HostIdentity == HostIdentity.Address)
            return Find(experiment, lease.Address);

        // Servers may give the name with its domain.
        return experiment.Find(lease.HostName) as HostNode ?? experiment.Find(lease.HostName.Split('.')[0]) as HostNode
            ?? throw Nobody(experiment, $"name '{lease.HostName}', which the DHCP server gives");
    }

    private static HostNode Find(Experiment experiment, IPv4Address address) =>
        experiment.Find(address) is HostNode known && known.Address == address ? known : throw Nobody(experiment, $"address {address}");

    private static string NameInImage() => File.Exists(HostnameFile) ? File.ReadAllText(HostnameFile).Trim() : "";

    private static MegatuxException Nobody(Experiment experiment, string what) => new(ErrorCodes.HostUnknown,
        $"No host of {experiment.Name} has the {what}: its {experiment.HostCount} hosts are {experiment.Hosts}, the first of them with {experiment.HostAddress(0)}, the last with {experiment.HostAddress(experiment.HostCount - 1)}.");
}
