using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>The address by which hosts that are elsewhere find who controls them.</summary>
internal static class ClusterAddress
{
    /// <summary>Finds it, and that the root can listen there.</summary>
    /// <param name="manifest">The experiment.</param>
    /// <param name="given">The address that a person names; null for the one of this machine that is in the hosts' network.</param>
    /// <exception cref="MegatuxException">There is none, or several are, or somebody listens there.</exception>
    internal static string Require(Manifest manifest, string? given)
    {
        Experiment experiment = manifest.Experiment;
        if (!manifest.Xproc.Enabled)
            throw new MegatuxException(ErrorCodes.NotNetbootable, $"{experiment.Name} is built without xproc, by which alone a cluster is heard: set UseXproc to true, build it again, and deploy it.");
        IPv4Address[] own = [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address.ToPlan()).OfType<IPv4Address>()];
        IPv4Address address = given is null ? OfNetwork(experiment, own)
            : IPv4Address.TryParse(given, out IPv4Address named) && own.Contains(named) ? named
            : throw new MegatuxException(ErrorCodes.NotNetbootable, $"--address {given} is no address of this machine: it has {string.Join(", ", own)}.");
        RequireFree(address, manifest.Xproc.Port, experiment.Name);
        return address.ToString();
    }

    private static IPv4Address OfNetwork(Experiment experiment, IPv4Address[] own) => own.Where(experiment.HostNetwork.Contains).ToArray() switch
    {
        [var only] => only,
        [] => throw new MegatuxException(ErrorCodes.NotNetbootable, $"This machine has no address in {experiment.HostNetwork}, the network of the hosts of {experiment.Name}: give it one, or name with --address the one that hosts reach it by."),
        var several => throw new MegatuxException(ErrorCodes.NotNetbootable, $"This machine has several addresses in {experiment.HostNetwork} ({string.Join(", ", several)}): name with --address the one that hosts reach it by."),
    };

    private static void RequireFree(IPv4Address address, int port, string name)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address.ToIPAddress(), port));
            socket.Listen();
        }
        catch (SocketException taken)
        {
            throw new MegatuxException(ErrorCodes.RootPortTaken, $"Port {port} of {address}, where the hosts of {name} expect the tree's root, cannot be listened on ({taken.Message}): end who does, or set XprocPort to another, build, and deploy again.", inner: taken);
        }
    }
}
