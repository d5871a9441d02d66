namespace Megatux.Model;

// 12: the address plan.
public static partial class ErrorCodes
{
    /// <summary>A property that has no default is not set: set it.</summary>
    public const string PlanValueMissing = "MTX1201";

    /// <summary>A value is not of its kind (number, address, network, choice): write it in the form that the message shows.</summary>
    public const string PlanValueMalformed = "MTX1202";

    /// <summary>A value is of its kind but out of its range: choose one inside the range.</summary>
    public const string PlanValueOutOfRange = "MTX1203";

    /// <summary>The ones of a netmask are not all in front of its zeros: write a contiguous mask or a prefix length.</summary>
    public const string NetmaskHasHoles = "MTX1204";

    /// <summary>A network does not begin at its own first address: write the aligned address that the message shows.</summary>
    public const string NetworkUnaligned = "MTX1205";

    /// <summary>A host's guest network has too few addresses for its guests: use the larger mask that the message shows.</summary>
    public const string GuestNetworkTooSmall = "MTX1206";

    /// <summary>The guest networks run past the last IPv4 address: use fewer hosts, smaller networks or a lower start.</summary>
    public const string GuestSpaceOverflow = "MTX1207";

    /// <summary>A network touches addresses that mean something else everywhere (0, 127, 224 and up): move it.</summary>
    public const string ReservedAddresses = "MTX1208";

    /// <summary>The guest networks and the hosts' network share addresses: move one of them.</summary>
    public const string NetworksOverlap = "MTX1209";

    /// <summary>The hosts' addresses do not fit into the hosts' network: use a larger network or another first address.</summary>
    public const string HostNetworkTooSmall = "MTX1210";

    /// <summary>The gateway is outside the hosts' network or is a host's address: give it one of its own.</summary>
    public const string GatewayMisplaced = "MTX1211";

    /// <summary>Addresses under the prefix would be multicast or somebody else's: use one such as 02:4d.</summary>
    public const string MacPrefixUnusable = "MTX1212";

    /// <summary>Two machines would have one Ethernet address: use a shorter prefix.</summary>
    public const string MacCollision = "MTX1213";

    /// <summary>A name is none that DNS and Linux take: rename.</summary>
    public const string NameInvalid = "MTX1214";

    /// <summary>Two machines would have one name: rename one.</summary>
    public const string NameCollision = "MTX1215";

    /// <summary>The guests of a host need more memory than it may promise: change one of the numbers in the message.</summary>
    public const string MemoryDoesNotFit = "MTX1216";

    /// <summary>An interface's name is none that Linux takes, or is used for something else: use another.</summary>
    public const string InterfaceNameUnusable = "MTX1217";

    /// <summary>A node set names nodes that the experiment does not have: name nodes inside its ranges.</summary>
    public const string NodesOutsideExperiment = "MTX1218";

    /// <summary>A name, IP or Ethernet address asked for is not one of a node: ask for one that is.</summary>
    public const string NodeUnknown = "MTX1219";

    /// <summary>A node group's name is of the wrong form, or is a node's, another group's, or a word that has a meaning already: rename it.</summary>
    public const string GroupNameUnusable = "MTX1220";

    /// <summary>A node equation names no function of the plan, or one that has an equation already: use one of those in the message, once.</summary>
    public const string EquationUnknown = "MTX1221";

    /// <summary>An expression of a node equation cannot be compiled, or is too long: mend it at the line and column in the message.</summary>
    public const string EquationMalformed = "MTX1222";

    /// <summary>A node equation has no integer for a node: it fails, ends at its budget, or gives something else.</summary>
    public const string EquationFails = "MTX1223";

    /// <summary>A node equation gives a value outside of where it must be: mend it, or the property in the message.</summary>
    public const string EquationValueMisplaced = "MTX1224";

    /// <summary>A node equation gives two nodes the same: mend it.</summary>
    public const string EquationNotOneToOne = "MTX1225";

    /// <summary>The inverse of a node equation does not lead back, or is needed and missing: write the inverse.</summary>
    public const string EquationInverseWrong = "MTX1226";

    /// <summary>Hosts' addresses are in too many ranges for a DHCP server's configuration: let hosts be known by name.</summary>
    public const string EquationScattered = "MTX1227";
}
