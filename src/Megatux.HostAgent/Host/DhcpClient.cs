using System.ComponentModel;
using System.Globalization;
using Megatux.Agents;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// Gets a host that booted from the network its address, by busybox's udhcpc, which goes on for as long as the host runs: it
/// renews the lease, and until there is one it never gives up, since a whole cluster may be switched on before its server.
/// </summary>
internal sealed class DhcpClient
{
    private const string Program = "udhcpc";

    // Seconds between requests, requests in a row, and seconds of pause before the next row.
    private const string RequestPause = "2", Requests = "4", RowPause = "12";

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10), LookPause = TimeSpan.FromMilliseconds(20);

    private readonly string _link;
    private readonly IPv4Address? _wanted;

    private DhcpClient(Experiment experiment)
    {
        _link = experiment.HostInterface;
        CableEnd.Await(_link);
        _wanted = experiment.HostIdentity == HostIdentity.Address ? OwnAddress(experiment) : null;
    }

    /// <summary>Starts to ask for an address, on a thread of its own.</summary>
    internal static void Start(Experiment experiment) => new Thread(new DhcpClient(experiment).Run) { IsBackground = true }.Start();

    /// <summary>The lease; null if the machine is to end before there is one.</summary>
    internal static DhcpLease? Await(Task end)
    {
        while (!end.Wait(LookPause))
            if (DhcpLease.TryRead() is { } lease)
                return lease;
        return null;
    }

    /// <summary>The address that a virtual machine's Ethernet address was derived from: asked for, it is given if it is free.</summary>
    private static IPv4Address? OwnAddress(Experiment experiment)
    {
        using NetworkSetup setup = NetworkSetup.Open();
        NetworkLink? link = setup.Links().FirstOrDefault(known => known.Name == experiment.HostInterface);
        if (link is null || link.Mac.Length != MacAddress.Octets)
            return null;
        return (experiment.Find(MacAddress.FromOctets(link.Mac.Span)) as HostNode)?.Address;
    }

    private void Run()
    {
        FirstProcess.Say($"asking for an address by DHCP on {_link}");
        while (true)
        {
            try
            {
                SetUpLink();
                using ChildProcess child = ChildProcess.Start(new ChildStart
                {
                    Program = Program,
                    Arguments =
                    [
                        "-f", "-i", _link, "-s", Environment.ProcessPath!, "-T", RequestPause, "-t", Requests, "-A", RowPause, "-O", "hostname",
                        .. _wanted is { } address ? (string[])["-r", address.ToString()] : [],
                    ],
                    Descriptors = [StandardDescriptors.Outputs()[0]],
                });
                child.Exit.GetAwaiter().GetResult();
                FirstProcess.Say(string.Create(CultureInfo.InvariantCulture, $"{Program} ended; again in {Again.TotalSeconds} s"));
            }
            catch (Exception refused) when (refused is Win32Exception or IOException)
            {
                FirstProcess.Say(string.Create(CultureInfo.InvariantCulture, $"no DHCP on {_link}: {refused.Message}; again in {Again.TotalSeconds} s"));
            }

            Thread.Sleep(Again);
        }
    }

    // Nothing is sent by an interface that is down.
    private void SetUpLink()
    {
        using NetworkSetup setup = NetworkSetup.Open();
        setup.SetUp(_link);
        setup.Commit();
    }
}
