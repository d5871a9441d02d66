namespace Megatux.Linux;

/// <summary>A network device as the kernel lists it.</summary>
/// <param name="Name">Its name, 1 to 15 bytes.</param>
/// <param name="Index">Its number in its namespace, from 1.</param>
/// <param name="Kind">"bridge", "veth", "tun" (which taps are too), ...; null for hardware and loopback.</param>
/// <param name="Mac">Link-layer address: six bytes on Ethernet, empty where there is none.</param>
/// <param name="IsUp">True when it was set up (IFF_UP), whether or not it has a carrier.</param>
/// <param name="Master">Index of the bridge that it is a port of; null if of none.</param>
/// <param name="Mtu">Largest payload in bytes.</param>
public sealed record NetworkLink(string Name, int Index, string? Kind, ReadOnlyMemory<byte> Mac, bool IsUp, int? Master, int Mtu);
