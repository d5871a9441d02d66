using System.Text.RegularExpressions;
using Megatux.Agents;
using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Cli.Tests;

/// <summary>An experiment that seems to run: its manifest, and a root that reports what a test likes.</summary>
internal sealed partial class WatchedExperiment : IDisposable
{
    private readonly RunFolder _folder;

    internal WatchedExperiment()
    {
        Name = $"watched-{Guid.NewGuid():N}"[..20];
        _folder = new RunFolder(Path.Combine(RunFolder.Parent, Name));
        Directory.CreateDirectory(_folder.Path);
        (Experiment? experiment, _) = new ExperimentDescription
        {
            Name = Name, PhysicalHosts = "h[1-2]", VmsPerHost = "3", VmNetworkStart = "10.0.0.0", VmNetmask = "24", VmMemory = "30",
        }.Resolve(EquationCompiler.Instance);
        File.WriteAllBytes(_folder.Manifest, new Manifest { Experiment = experiment!, Xproc = new XprocSettings(true, "eth0"), Members = [] }.ToJson());
        Root = new FakeMonitorRoot(_folder.Mon, Report);
    }

    internal string Name { get; }

    internal FakeMonitorRoot Root { get; }

    /// <summary>Node that says nothing after the fifth report.</summary>
    internal string? Silent { get; set; }

    /// <summary>Runs megatux mon, as it is published.</summary>
    internal CommandResult Mon(params string[] arguments) =>
        Command.Run(PublishedCommand.Path, ["mon", "--experiment", Name, .. arguments], deadline: TimeSpan.FromSeconds(60));

    /// <inheritdoc/>
    public void Dispose()
    {
        Root.Dispose();
        Directory.Delete(_folder.Path, recursive: true);
    }

    private string Report(int number, string request)
    {
        string[] nodes = Wanted().Match(request) is { Success: true } wanted ? [.. NodeSet.Parse(wanted.Groups[1].Value).Expand()] : [];
        return MonitorReports.Report(number, [.. nodes.Where(node => node != Silent || number <= 5)
            .Select((node, at) => MonitorReports.Sample(node, number, busy: 10 * (at + 1)))]);
    }

    [GeneratedRegex("\"(.*)\"")]
    private static partial Regex Wanted();
}
