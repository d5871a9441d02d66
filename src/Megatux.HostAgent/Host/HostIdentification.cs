using Megatux.Agents;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Which host of the experiment this is.</summary>
internal static class HostIdentification
{
    private const string HostnameFile = "/etc/hostname";

    /// <summary>By the name, index or address that the host was started with, or by the name in its image.</summary>
    /// <exception cref="MegatuxException">It is none.</exception>
    internal static HostNode Find(Experiment experiment, BootWords words)
    {
        if (words.Index is { } index)
            return index < experiment.HostCount ? experiment.Host(index) : throw Nobody(experiment, $"index {index}");
        if (words.Address is { } text)
        {
            string own = text.Split('/')[0];
            return IPv4Address.TryParse(own, out IPv4Address address) && experiment.Find(address) is HostNode known && known.Address == address
                ? known : throw Nobody(experiment, $"address {own}");
        }

        string name = words.Node ?? (File.Exists(HostnameFile) ? File.ReadAllText(HostnameFile).Trim() : "");
        return experiment.Find(name) as HostNode ?? throw Nobody(experiment, $"name '{name}'");
    }

    private static MegatuxException Nobody(Experiment experiment, string what) => new(ErrorCodes.HostUnknown,
        $"No host of {experiment.Name} has the {what}: its {experiment.HostCount} hosts are {experiment.Hosts}, from {experiment.FirstHostAddress} on.");
}
