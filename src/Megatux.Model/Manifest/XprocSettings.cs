namespace Megatux.Model;

/// <summary>Process startup over the tree, as an experiment uses it.</summary>
/// <param name="Enabled">Whether it starts with the machines.</param>
/// <param name="ListenInterface">The interface that its root listens on.</param>
/// <param name="Port">The TCP port that its root listens on, 1 to 65535.</param>
public sealed record XprocSettings(bool Enabled, string ListenInterface, int Port = XprocSettings.DefaultPort)
{
    /// <summary>The port that BProc listened on.</summary>
    public const int DefaultPort = 2223;

    /// <summary>All that is wrong with the settings; empty if they can be used.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        if (!InterfaceNames.IsValid(ListenInterface))
            problems.Add(new Problem(ErrorCodes.InterfaceNameUnusable,
                $"{ExperimentProperties.XprocInterface} is '{Wording.Shorten(ListenInterface)}': expected an interface's name such as {ExperimentDefaults.HostInterface}.",
                ExperimentProperties.XprocInterface));
        if (Port is < 1 or > ushort.MaxValue)
            problems.Add(new Problem(ErrorCodes.PlanValueOutOfRange,
                $"{ExperimentProperties.XprocPort} is {Port}: expected a TCP port, 1 to {ushort.MaxValue}.", ExperimentProperties.XprocPort));
        return problems;
    }
}
