using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Megatux.Agents;
using Megatux.Equations;
using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Xproc;

namespace Megatux.Benchmarks;

/// <summary>An experiment that is booted on this machine, by the command that a person types.</summary>
internal sealed class BootedExperiment : IFleet, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static int _count;

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"bench{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
    private readonly string _project;

    private BootedExperiment(string project)
    {
        _project = project;

        // Under a name that nobody else's has on this machine.
        DotNet.Build(project, ("ExperimentName", _name));
    }

    /// <summary>One of the checkout's experiments, a copy of it.</summary>
    internal static BootedExperiment Copy(Workshop shop, string experiment) =>
        new(new ExperimentCopy(shop.NewFolder(experiment)).Project(experiment));

    /// <summary>An experiment of properties and hosts.</summary>
    internal static BootedExperiment Of(Workshop shop, string hosts, string properties)
    {
        string folder = shop.NewFolder("booted");
        string project = new ExperimentCopy(folder).Project("booted");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        File.WriteAllText(project, $"""
            <Project Sdk="Megatux.Sdk">
              <PropertyGroup>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PhysicalHosts Include="{hosts}" />
              </ItemGroup>
            </Project>
            """);
        return new BootedExperiment(project);
    }

    /// <summary>Its name, which no other has on this machine.</summary>
    internal string Name => _name;

    /// <summary>The folder with what building it made.</summary>
    internal string Outputs => Path.Combine(Path.GetDirectoryName(_project)!, "bin");

    /// <inheritdoc/>
    public int Root => int.Parse(File.ReadAllText(Files.Pid).Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Hosts' agents.</summary>
    internal IEnumerable<int> HostAgents => ProcessTree.Of(Root).Running("megatuxd");

    /// <summary>Guests' agents, where guests are containers.</summary>
    internal IEnumerable<int> GuestAgents => ProcessTree.Of(Root).Running("megatux-guest");

    private RunFolder Files => new(Path.Combine(RunFolder.Parent, _name));

    /// <inheritdoc/>
    public double BringUp() => Boot(only: null);

    /// <summary>Some of its nodes as a fleet.</summary>
    internal IFleet Part(string only) => new Some(this, only);

    /// <summary>Boots nodes, and waits until they are up.</summary>
    /// <returns>Processor seconds that the command took.</returns>
    internal double Boot(string? only)
    {
        string[] words = [Workshop.Megatux, "boot", _project, "--timeout", "600", .. only is null ? (string[])[] : ["--only", only]];
        CommandResult result = Command.Run("bash", ["-c", "TIMEFORMAT='%U %S'; time \"$@\"", "bash", .. words], deadline: Deadline).Succeeded();
        return result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ').Sum(word => double.Parse(word, CultureInfo.InvariantCulture));
    }

    /// <summary>Starts guests of <c>h0</c> that are down, and waits until they are up.</summary>
    internal void Start(int first, int last)
    {
        if (first > last)
            return;
        Ask($"{Verbs.Restart} vm[{first}-{last}].h0");
        long start = Stopwatch.GetTimestamp();
        NodeSet wanted = NodeSet.Parse($"vm[{first}-{last}].h0");
        while (!wanted.Except(Up()).IsEmpty)
        {
            if (Stopwatch.GetElapsedTime(start) > Deadline)
                throw new TimeoutException($"{wanted.Except(Up())} are not up after {Deadline.TotalMinutes} minutes");
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Its plan.</summary>
    internal Experiment Plan()
    {
        string manifest = Path.Combine(Outputs, Manifest.FileName);
        return Manifest.Parse(File.ReadAllBytes(manifest), manifest, EquationCompiler.Instance).Experiment;
    }

    /// <summary>Its root, for jobs that are started without the command.</summary>
    internal XprocClient Jobs() => XprocClient.Connect(Files.Xproc);

    /// <summary>Its root, as a program watches its nodes.</summary>
    internal MonitorClient Monitor() => MonitorClient.Connect(Files.Mon);

    /// <summary>Asks the front-end, as the command does, without starting the command.</summary>
    internal string Ask(string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Files.Control));
        using var stream = new NetworkStream(socket);
        stream.Write(Encoding.UTF8.GetBytes(request + "\n"));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private NodeSet Up()
    {
        using var status = JsonDocument.Parse(Ask(Verbs.States));
        return status.RootElement.GetProperty("guests").TryGetProperty("up", out JsonElement up) ? NodeSet.Parse(up.GetString()!) : NodeSet.Empty;
    }

    /// <inheritdoc/>
    public long FilesInMemory() => HostAgents.Sum(host =>
        long.Parse(Shell.Run("du", "-s", "--block-size=1", $"/proc/{host}/root/run").Split('\t')[0], CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void End()
    {
        if (Directory.Exists(Files.Path))
            Command.Run(Workshop.Megatux, ["halt", _name], deadline: Deadline).Succeeded();
    }

    /// <inheritdoc/>
    public void Dispose() => End();

    private sealed class Some(BootedExperiment whole, string only) : IFleet
    {
        public int Root => whole.Root;

        public double BringUp() => whole.Boot(only);

        public long FilesInMemory() => whole.FilesInMemory();

        public void End() => whole.End();
    }
}
