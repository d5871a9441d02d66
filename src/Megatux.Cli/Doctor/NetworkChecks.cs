using Megatux.Linux;

namespace Megatux.Cli;

/// <summary>Devices of the emulated networks, tried in a network namespace that is thrown away.</summary>
internal static class NetworkChecks
{
    private const string Device = "doctor0", Peer = "doctor1";

    internal static Finding Bridge(IMachineFacts machine) => Try(machine, "bridges", "bridge", "modprobe bridge", setup => setup.AddBridge(Device, default));

    internal static Finding Veth(IMachineFacts machine) => Try(machine, "veth pairs", "veth", "modprobe veth", setup => setup.AddVeth(Device, default, Peer, default));

    /// <summary>What guests under uml and qemu are plugged in by.</summary>
    internal static Finding Tap(IMachineFacts machine) => machine.CanOpen(TapDevice.ControlFile)
        ? Try(machine, $"taps on {TapDevice.ControlFile}", "tap", "modprobe tun", _ => TapDevice.Open(Device).Dispose())
        : Finding.Missing($"{TapDevice.ControlFile} is not there or not yours to open, and guests under uml and qemu are plugged in by it", "modprobe tun; in a container, have it passed in");

    private static Finding Try(IMachineFacts machine, string what, string device, string remedy, Action<NetworkSetup> trial) =>
        !machine.IsRoot ? Finding.Untried(what)
        : machine.NetworkRefusal(trial) is { } refusal ? Finding.Missing($"no {device} can be made: {refusal}", remedy)
        : Finding.Ok($"{what} can be made");
}
