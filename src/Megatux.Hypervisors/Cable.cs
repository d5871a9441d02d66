using Megatux.Model;

namespace Megatux.Hypervisors;

/// <summary>How a machine is plugged into a network.</summary>
/// <param name="Outside">Our end: a tap that is there and plugged in; for a container, the name of one that is made with it.</param>
/// <param name="Bridge">The bridge that our end is plugged into.</param>
/// <param name="Mac">Ethernet address of the machine's end.</param>
/// <param name="Inside">What the machine's end is called, where its own kernel does not decide that.</param>
public sealed record Cable(string Outside, string Bridge, MacAddress Mac, string Inside);
