namespace Megatux.Model;

/// <summary>
/// Turns a description into an experiment. A value that cannot be read is reported, replaced by a harmless one, and
/// kept out of the checks, so that a person sees everything else that is wrong in the same run.
/// </summary>
/// <param name="description">The text.</param>
/// <param name="compiler">What compiles equations.</param>
/// <param name="samples">On how many nodes equations are checked.</param>
internal sealed class ExperimentReader(ExperimentDescription description, IEquationCompiler compiler, int samples)
{
    private readonly List<Problem> _problems = [];
    private readonly HashSet<string> _unread = [];

    private delegate bool Parser<T>(string text, out T value);

    public (Experiment? Experiment, IReadOnlyList<Problem> Problems) Read()
    {
        Experiment experiment = ReadEquations(ReadValues(ReadHosts()));
        _problems.AddRange(PlanChecks.Run(experiment, _unread, samples));

        // Which nodes there are is known once nothing else is wrong.
        if (_problems.Count == 0)
            experiment = GroupReader.Read(experiment, description.Groups, _problems);
        return _problems.Count == 0 ? (experiment, []) : (null, _problems);
    }

    private Experiment ReadEquations(Experiment experiment)
    {
        int known = _problems.Count;
        experiment = EquationReader.Read(experiment, description.Equations, compiler, _problems);
        if (_problems.Count > known)
            _unread.Add(ExperimentProperties.NodeEquation);
        return experiment;
    }

    private Experiment ReadValues(NodeSet hosts)
    {
        IPv4Network network = Value<IPv4Network>(ExperimentProperties.HostNetwork, description.HostNetwork, ExperimentDefaults.HostNetwork,
            ValueParsers.Network, "a network such as 172.31.0.0/16");
        IPv4Address? gateway = Optional<IPv4Address>(ExperimentProperties.HostGateway, description.HostGateway,
            ValueParsers.Address, "an IPv4 address such as 172.31.0.1");
        return new Experiment
        {
            Name = Value<string>(ExperimentProperties.Name, description.Name, null, ValueParsers.Text, "a name such as laptop") ?? "",
            Hosts = hosts,
            VmsPerHost = Value<int>(ExperimentProperties.VmsPerHost, description.VmsPerHost, null,
                ValueParsers.Int, "how many guests each host runs, such as 50"),
            GuestNetworkBase = Value<IPv4Address>(ExperimentProperties.VmNetworkStart, description.VmNetworkStart, ExperimentDefaults.VmNetworkStart,
                ValueParsers.Address, "an IPv4 address such as 10.0.0.0, four decimal numbers without leading zeros"),
            GuestPrefixLength = ReadNetmask(),
            VmMemoryMiB = Value<int>(ExperimentProperties.VmMemory, description.VmMemory, ExperimentDefaults.VmMemory,
                ValueParsers.Memory, MemoryForm),
            HostMemoryMiB = Optional<int>(ExperimentProperties.HostMemory, description.HostMemory, ValueParsers.Memory, MemoryForm),
            MemoryOvercommit = Value<decimal>(ExperimentProperties.MemoryOvercommit, description.MemoryOvercommit, ExperimentDefaults.MemoryOvercommit,
                ValueParsers.Ratio, "a ratio such as 1.5"),
            Churn = Value<decimal>(ExperimentProperties.Churn, description.Churn, ExperimentDefaults.Churn, ChurnRate.TryParse, ChurnRate.Form),
            ChurnSeed = Value<int>(ExperimentProperties.ChurnSeed, description.ChurnSeed, ExperimentDefaults.ChurnSeed, ValueParsers.Int, "a number from 0"),
            HostNetwork = network,
            FirstHostAddress = Optional<IPv4Address>(ExperimentProperties.FirstHostAddress, description.FirstHostAddress,
                ValueParsers.Address, "an IPv4 address such as 172.31.0.2") ?? LowestRun(network, hosts.Count, gateway),
            HostGateway = gateway,
            HostIdentity = Choice<HostIdentity>(ExperimentProperties.HostIdentity, description.HostIdentity, ExperimentDefaults.HostIdentity),
            HostInterface = Value<string>(ExperimentProperties.HostInterface, description.HostInterface, ExperimentDefaults.HostInterface,
                ValueParsers.Text, "an interface's name such as eth0") ?? "",
            MacPrefix = Value<MacPrefix>(ExperimentProperties.MacPrefix, description.MacPrefix, ExperimentDefaults.MacPrefix,
                ValueParsers.Prefix, "one to five octets such as 02:4d"),
            Hypervisor = Choice<Hypervisor>(ExperimentProperties.Hypervisor, description.Hypervisor, ExperimentDefaults.Hypervisor),
        };
    }

    private const string MemoryForm = "MiB such as 64, or a number with a unit such as 30M or 2G";

    // The lowest addresses in a row that leave the gateway out.
    private static IPv4Address LowestRun(IPv4Network network, long hosts, IPv4Address? gateway)
    {
        IPv4Address lowest = network.First.Plus(1);
        return gateway is { } taken && taken >= lowest && taken.Value - lowest.Value < hosts ? taken.Plus(1) : lowest;
    }

    private NodeSet ReadHosts()
    {
        const string Property = ExperimentProperties.PhysicalHosts;
        string text = description.PhysicalHosts?.Trim() ?? "";
        if (text.Length == 0)
        {
            Missing(Property, "the hosts as a node set such as laptop[0-1]");
            return NodeSet.Empty;
        }

        try
        {
            NodeSet hosts = NodeSet.Parse(text);
            // A set may have more nodes than can be counted.
            _ = hosts.Count;
            return hosts;
        }
        catch (MegatuxException malformed)
        {
            _unread.Add(Property);
            _problems.Add(malformed.Problem with { Subject = Property });
            return NodeSet.Empty;
        }
    }

    private int ReadNetmask()
    {
        const string Property = ExperimentProperties.VmNetmask;
        string text = description.VmNetmask?.Trim() is { Length: > 0 } given ? given : ExperimentDefaults.VmNetmask;
        if (Netmask.TryParse(text, out int length, out bool holes))
            return length;
        _unread.Add(Property);
        _problems.Add(holes
            ? new Problem(ErrorCodes.NetmaskHasHoles,
                $"{Property} is '{text}', whose ones are not all in front: did you mean {new IPv4Network(default, length).Mask} (/{length})?", Property)
            : Malformed(Property, text, "a prefix length such as 16 or /16, or a mask such as 255.255.0.0"));
        return length;
    }

    private T Choice<T>(string property, string? text, string otherwise) where T : struct, Enum =>
        Value<T>(property, text, otherwise, EnumNames.TryParse, $"one of {EnumNames.All<T>()}");

    private T? Optional<T>(string property, string? text, Parser<T> parse, string expected) where T : struct =>
        string.IsNullOrWhiteSpace(text) ? null : Value(property, text, null, parse, expected);

    private T? Value<T>(string property, string? text, string? otherwise, Parser<T> parse, string expected)
    {
        string given = string.IsNullOrWhiteSpace(text) ? otherwise ?? "" : text.Trim();
        if (given.Length == 0)
            Missing(property, expected);
        else if (parse(given, out T value))
            return value;
        else
        {
            _unread.Add(property);
            _problems.Add(Malformed(property, given, expected));
        }

        return default;
    }

    private void Missing(string property, string expected)
    {
        _unread.Add(property);
        _problems.Add(new Problem(ErrorCodes.PlanValueMissing, $"{property} is not set: give {expected}.", property));
    }

    private static Problem Malformed(string property, string text, string expected) =>
        new(ErrorCodes.PlanValueMalformed, $"{property} is '{Wording.Shorten(text)}': expected {expected}.", property);
}
