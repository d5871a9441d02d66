using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>A container: namespaces of its own, and this machine's kernel.</summary>
public sealed class Container : IHypervisor
{
    private const long BytesInMebibyte = 1 << 20;

    /// <summary>
    /// What root may in a container that hosts no machines (include/uapi/linux/capability.h): to own, read and signal what is
    /// the container's, to be other users, and all of its own network. Not: modules, devices, mounts, the clock, the kernel's
    /// log, restarts, which are the whole machine's.
    /// </summary>
    private static readonly HashSet<int> GuestCapabilities =
    [
        0, 1, 3, 4, 5, 6, 7, 8, // CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP
        10, 12, 13, // NET_BIND_SERVICE, NET_ADMIN, NET_RAW
        18, 29, 31, // SYS_CHROOT, AUDIT_WRITE, SETFCAP
    ];

    /// <summary>
    /// What its first process may besides, which is ours and gives it to nobody else there: to mount, so that a program which has
    /// travelled is there for its command alone. Nobody in the container can get at a process that may more than root there.
    /// </summary>
    private static readonly HashSet<int> FirstProcessCapabilities = [.. GuestCapabilities, OwnCapabilities.SystemAdministration];

    /// <inheritdoc/>
    public string Name => "container";

    /// <inheritdoc/>
    public Machine Launch(MachineSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        using NetworkNamespace network = NetworkNamespace.Create();
        if (spec.Cable is { } cable)
            Plug(cable, network);
        long? memory = spec.MemoryMiB > 0 ? spec.MemoryMiB * BytesInMebibyte : null;
        var start = new MachineStart(spec.Program, Arguments(spec))
        {
            Container = new ContainerSpec
            {
                Namespaces = Namespaces.All & ~Namespaces.Network,
                Network = network.Handle,
                HostName = spec.Name,
                Root = new ContainerRoot { Lower = spec.Roots, MemoryBytes = memory },
                Binds = [.. DevicesOf(spec), .. spec.Shown.Select(shown => new BindMount(shown.Outside, shown.Inside, ReadOnly: true))],
                Capabilities = spec.HostsMachines ? null : FirstProcessCapabilities,
                ReadOnlySystem = !spec.HostsMachines,
                SharedMemoryBytes = spec.HostsMachines ? null : memory,
            },
        };
        return start.Run(spec);
    }

    private static string[] Arguments(MachineSpec spec) =>
    [
        .. spec.HasChannel ? (string[])[$"megatux.channel=fd:{MachineStart.ChannelNumber}"] : [],
        .. spec.Cable is { } cable ? (string[])[$"megatux.interface={cable.Inside}"] : [], .. spec.CommandLine,
    ];

    private static void Plug(Cable cable, NetworkNamespace network)
    {
        using NetworkSetup setup = NetworkSetup.Open();

        // What a container that was killed left may still be there for a moment.
        setup.Delete(cable.Outside);
        setup.AddVeth(cable.Outside, default, cable.Inside, cable.Mac.ToOctets(), (int)network.Handle.DangerousGetHandle());
        setup.SetMaster(cable.Outside, cable.Bridge);
        setup.SetUp(cable.Outside);
        setup.Commit();
    }

    private static IEnumerable<BindMount> DevicesOf(MachineSpec spec)
    {
        if (!spec.HostsMachines)
            yield break;
        foreach (string device in spec.UsesKvm ? (string[])[TapDevice.ControlFile, KvmProbe.Device] : [TapDevice.ControlFile])
            if (File.Exists(device))
                yield return new BindMount(device, device);
    }
}
