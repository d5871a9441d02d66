using System.Globalization;
using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Builds an experiment: from the project's properties and items to images, kernels, netboot files and manifest. Members
/// are packed first, then everything is written beside its place, then put there: an error leaves the last good outputs.
/// </summary>
public sealed partial class ExperimentBuild
{
    private const string MembersFolder = "members";
    private const string SpoolFolder = "spool";
    private const string PackagesFolder = "packages";
    private const string DigestsFile = "megatux.digests";
    internal const string LockFile = "megatux.lock";

    private readonly BuildRequest _request;
    private readonly IBuildLog _log;
    private readonly CancellationToken _cancellation;
    private readonly WatchList _watched = new();
    private readonly TemplateRenderer _renderer = new();
    private readonly ContentDigests _digests;
    private readonly Compression _compression;
    private readonly uint _modifiedAt;
    private readonly Experiment _experiment;
    private readonly XprocSettings _xproc;
    private readonly Kernels _kernels;
    private readonly TemplateVariables _variables;
    private readonly ValidationList? _validations;

    private ExperimentBuild(BuildRequest request, Experiment experiment, IBuildLog log, CancellationToken cancellation)
    {
        _request = request;
        _experiment = experiment;
        _log = log;
        _cancellation = cancellation;
        _compression = Compression.Parse(request.Setting("Compression"), request.Setting("CompressionLevel"));
        _modifiedAt = SourceDate.Parse(request.Setting("SourceDateEpoch"));
        _digests = ContentDigests.Load(StatePath(DigestsFile));
        _kernels = Kernels.Find(request, experiment.Hypervisor);
        _xproc = ReadXproc();
        _validations = ReadValidations(request, experiment);
        _variables = TemplateContext.Of(experiment, _xproc, Netboot(), request.ItemsOf("TemplateVariable"), []);
    }

    /// <summary>Builds what is not as it should be.</summary>
    /// <returns>What is wrong with the experiment; empty when it was built.</returns>
    /// <exception cref="OperationCanceledException">The build was cancelled; outputs are as they were.</exception>
    public static IReadOnlyList<Problem> Run(BuildRequest request, IBuildLog log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(log);
        try
        {
            using BuildLock held = BuildLock.Take(Path.Combine(request.StateFolder, LockFile), log, cancellation);
            (Experiment? experiment, IReadOnlyList<Problem> problems) = Describe(request).Resolve(EquationCompiler.Instance);
            if (experiment is null)
                return problems;
            new ExperimentBuild(request, experiment, log, cancellation).Run();
            return [];
        }
        catch (MegatuxException failure)
        {
            return [failure.Problem];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [AtomicFile.Explain(failure, $"something in {request.StateFolder} or in the output folders").Problem];
        }
    }

    private static ExperimentDescription Describe(BuildRequest request) => new()
    {
        Name = request.Setting(ExperimentProperties.Name),
        PhysicalHosts = NodeSet.UnionOf(request.ItemsOf(ExperimentProperties.PhysicalHosts).Select(item => ParseNodes(item.Include, item))).ToString(),
        VmsPerHost = request.Setting(ExperimentProperties.VmsPerHost),
        VmNetworkStart = request.Setting(ExperimentProperties.VmNetworkStart),
        VmNetmask = request.Setting(ExperimentProperties.VmNetmask),
        VmMemory = request.Setting(ExperimentProperties.VmMemory),
        HostMemory = request.Setting(ExperimentProperties.HostMemory),
        MemoryOvercommit = request.Setting(ExperimentProperties.MemoryOvercommit),
        Churn = request.Setting(ExperimentProperties.Churn),
        ChurnSeed = request.Setting(ExperimentProperties.ChurnSeed),
        HostNetwork = request.Setting(ExperimentProperties.HostNetwork),
        FirstHostAddress = request.Setting(ExperimentProperties.FirstHostAddress),
        HostGateway = request.Setting(ExperimentProperties.HostGateway),
        HostIdentity = request.Setting(ExperimentProperties.HostIdentity),
        HostInterface = request.Setting(ExperimentProperties.HostInterface),
        MacPrefix = request.Setting(ExperimentProperties.MacPrefix),
        Hypervisor = request.Setting(ExperimentProperties.Hypervisor),
        Groups = [.. request.ItemsOf(ExperimentProperties.NodeGroup).Select(item => new GroupDescription(item.Include, item["Nodes"]))],
        Equations = [.. request.ItemsOf(ExperimentProperties.NodeEquation).Select(item => new EquationDescription(item.Include, item["Expression"], item["Inverse"]))],
    };

    /// <summary>Reads a node set that an item gives; what is wrong with it is wrong with the item.</summary>
    private static NodeSet ParseNodes(string text, BuildItem item) =>
        NodeSet.TryParse(text, out NodeSet nodes, out Problem? problem) ? nodes : throw new MegatuxException(problem! with { Subject = item.Subject });

    private void Run()
    {
        _log.Tell($"{_experiment.Name}: {_experiment.HostCount:N0} hosts x {_experiment.VmsPerHost:N0} guests = {_experiment.GuestCount:N0} guests ({_experiment.Hypervisor.ToString().ToLowerInvariant()})");
        _watched.Add(_request.ProjectFile);
        foreach (string path in _kernels.Looked)
            _watched.Add(path);
        BuildState.Forget(_request.StateFolder);
        RemoveLeftovers();
        Directory.CreateDirectory(StatePath(MembersFolder));
        Task templates = CompileTemplatesAhead();
        try
        {
            var store = new MemberStore(StatePath(MembersFolder), _compression, _modifiedAt, _digests);
            ImageBuilder guest = BuildMembers(ImageKind.Guest, store);
            ImageBuilder host = BuildMembers(ImageKind.Host, store);
            using var outputs = new OutputSet(_request.StateFolder);
            WriteOutputs(guest, host, outputs);
            store.RemoveUnused();
            _digests.Save(StatePath(DigestsFile));
            BuildState.Save(_request.StateFolder, _request.Inputs, _watched, outputs.Paths);
        }
        finally
        {
            // Nothing of a build goes on behind its back.
            templates.Wait(CancellationToken.None);
            RemoveSpool();
        }
    }

    private XprocSettings ReadXproc()
    {
        bool enabled = _request.Flag(ExperimentProperties.UseXproc);
        string listen = _request.Setting(ExperimentProperties.XprocInterface) is { Length: > 0 } given ? given : _experiment.HostInterface;
        int port = _request.Setting(ExperimentProperties.XprocPort) is not { Length: > 0 } text ? XprocSettings.DefaultPort
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw new MegatuxException(ErrorCodes.PropertyMalformed, $"XprocPort is '{text}': expected a TCP port, 1 to 65535.", ExperimentProperties.XprocPort);
        var settings = new XprocSettings(enabled, listen, port);
        return settings.Check() is [{ } problem, ..] ? throw new MegatuxException(problem) : settings;
    }

    private NetbootSettings Netboot() => new(
        _request.Setting("NetbootUrl"), OutputNames.HostKernel, OutputNames.Image(ImageKind.Host), _request.Setting("HostCommandLine"));

    /// <summary>Of builds that were killed.</summary>
    private void RemoveLeftovers()
    {
        RemoveSpool();
        AtomicFile.RemoveLeftovers(_request.StateFolder);
        AtomicFile.RemoveLeftovers(StatePath(OutputSet.ReceiptsFolder));
    }

    private void RemoveSpool()
    {
        if (Directory.Exists(StatePath(SpoolFolder)))
            Directory.Delete(StatePath(SpoolFolder), recursive: true);
    }

    private string StatePath(string name) => Path.Combine(_request.StateFolder, name);
}
