namespace Megatux.Model;

/// <summary>
/// What must hold for an experiment as a whole. First every value by itself, then what values mean together; a check
/// is left out when a value that it reads is known to be wrong, so that one mistake makes one message.
/// </summary>
internal static partial class PlanChecks
{
    private delegate void Rule(Experiment experiment, ICollection<Problem> problems);

    private static readonly Rule[] Values = [Names, Interfaces, Counts, Memories, Churns, Prefixes];

    private static readonly (Rule Rule, string[] Reads)[] Relations =
    [
        (HostNames, [ExperimentProperties.PhysicalHosts]),
        (GuestHostNames, [ExperimentProperties.PhysicalHosts, ExperimentProperties.VmsPerHost]),
        (GuestAlignment, [ExperimentProperties.VmNetworkStart, ExperimentProperties.VmNetmask, ExperimentProperties.NodeEquation]),
        (GuestRoom, [ExperimentProperties.VmsPerHost, ExperimentProperties.VmNetmask]),
        (GuestSpace, GuestSpaceProperties),
        (HostRoom, HostSpaceProperties),
        (Gateway, [ExperimentProperties.HostGateway, .. HostSpaceProperties]),
        (Overlap, [ExperimentProperties.HostNetwork, .. GuestSpaceProperties]),
        (MacsCollide, [ExperimentProperties.MacPrefix, ExperimentProperties.VmsPerHost, .. GuestSpaceProperties, .. HostSpaceProperties]),
        (Memory, [ExperimentProperties.VmsPerHost, ExperimentProperties.VmMemory, ExperimentProperties.HostMemory, ExperimentProperties.MemoryOvercommit]),
    ];

    private static string[] GuestSpaceProperties =>
        [ExperimentProperties.PhysicalHosts, ExperimentProperties.VmNetworkStart, ExperimentProperties.VmNetmask, ExperimentProperties.NodeEquation];

    private static string[] HostSpaceProperties =>
        [ExperimentProperties.PhysicalHosts, ExperimentProperties.HostNetwork, ExperimentProperties.FirstHostAddress, ExperimentProperties.NodeEquation];

    private static string[] EquationProperties =>
        [ExperimentProperties.VmsPerHost, ExperimentProperties.HostGateway, ExperimentProperties.MacPrefix, .. GuestSpaceProperties, .. HostSpaceProperties];

    /// <summary>Runs all checks that do not read a property of <paramref name="unread"/>.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="unread">Properties that could not be read.</param>
    /// <param name="samples">On how many nodes equations are looked at.</param>
    public static IReadOnlyList<Problem> Run(Experiment experiment, IReadOnlySet<string> unread, int samples)
    {
        var values = new List<Problem>();
        foreach (Rule rule in Values)
            rule(experiment, values);
        values.RemoveAll(problem => unread.Contains(problem.Subject!));

        var wrong = new HashSet<string>(unread);
        wrong.UnionWith(values.Select(problem => problem.Subject!));
        foreach ((Rule rule, string[] reads) in Relations)
            if (!wrong.Overlaps(reads))
                rule(experiment, values);

        // They compute with everything above.
        if (values.Count == 0 && !wrong.Overlaps(EquationProperties))
            new EquationChecks(experiment, samples).Run(values);
        return values;
    }
}
