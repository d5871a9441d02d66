using System.Net.Sockets;
using System.Text;
using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Pushmon.Tests;

/// <summary>The root's socket, and those at its other end.</summary>
public sealed class MonitorServerTests : IDisposable
{
    private const string Counting = "(define (sample node s) (list (list 'n (stat 1))))";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromMilliseconds(20);

    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _late = new(Deadline);
    private readonly Task _reports;
    private readonly Experiment _experiment;
    private (NodeSet Raw, string[] Reductions) _configured = (NodeSet.Empty, []);
    private MonitorServer _server;

    public MonitorServerTests()
    {
        _experiment = new ExperimentDescription
        {
            Name = "watched",
            PhysicalHosts = "h[0-1]",
            VmsPerHost = "300",
            VmNetworkStart = "10.0.0.0",
            VmNetmask = "255.255.248.0",
            VmMemory = "30",
        }.Resolve(EquationCompiler.Instance).Experiment!;
        _server = Start();
        _reports = Task.Run(ReportAsync);
    }

    private string Socket => _folder["mon"];

    public void Dispose()
    {
        _late.Cancel();
        _reports.Wait(Deadline);
        _server.Dispose();
        _folder.Dispose();
        _late.Dispose();
    }

    [Fact]
    public async Task What_is_put_is_reduced_by_is_known_after_a_restart_and_is_forgotten_by_its_name()
    {
        MonitorClient client = MonitorClient.Connect(Socket);
        await client.PutProgramAsync("count", Counting, _late.Token);
        Assert.Equal(["nodes", "count"], _configured.Reductions);
        _server.Dispose();
        _server = Start();
        Assert.Equal(["nodes", "count"], _configured.Reductions);
        Assert.Equal(["nodes", "count"], (await client.ProgramsAsync(_late.Token)).Select(program => program.Key));
        await client.ForgetAsync("count", _late.Token);
        Assert.Equal(["nodes"], _configured.Reductions);
    }

    [Theory]
    [InlineData("nodes", Counting, ErrorCodes.ReductionBuiltIn)]
    [InlineData("count", "(define (sample node s) (unheard-of 1))", ErrorCodes.ReductionMalformed)]
    public async Task What_cannot_be_reduced_by_is_refused_and_changes_nothing(string name, string text, string code)
    {
        MonitorClient client = MonitorClient.Connect(Socket);
        MegatuxException refused = await Assert.ThrowsAsync<MegatuxException>(() => client.PutProgramAsync(name, text, _late.Token));
        Assert.Equal(code, refused.Problem.Code);
        Assert.Equal(["nodes"], (await client.ProgramsAsync(_late.Token)).Select(program => program.Key));
    }

    [Fact]
    public async Task There_are_only_so_many_reductions_and_the_next_is_refused()
    {
        MonitorClient client = MonitorClient.Connect(Socket);
        for (int number = 1; number < MonitorServer.MostReductions; number++)
            await client.PutProgramAsync($"count{number}", Counting, _late.Token);
        MegatuxException refused = await Assert.ThrowsAsync<MegatuxException>(() => client.PutProgramAsync("more", Counting, _late.Token));
        Assert.Equal(ErrorCodes.ReductionsTooMany, refused.Problem.Code);
        await client.PutProgramAsync("count1", "(define (sample node s) (list))", _late.Token);
    }

    [Fact]
    public async Task Samples_of_nodes_are_wanted_as_long_as_somebody_watches_them()
    {
        MonitorClient client = MonitorClient.Connect(Socket);
        await foreach (MonitorReport report in client.WatchAsync(NodeSet.Parse("vm[3-4].h1,nobody"), _late.Token))
        {
            Assert.Equal(602, report.Expected);
            Assert.Equal(NodeSet.Parse("vm[3-4].h1"), _configured.Raw);
            break;
        }

        Assert.True(SpinWait.SpinUntil(() => _configured.Raw.IsEmpty, Deadline), "they are still wanted");
        string refused = Assert.Single(await AskAsync("(watch \"vm[0-299].h[0-1]\")\n"));
        Assert.Contains(ErrorCodes.MonitorNodesTooMany, refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_read_holds_nobody_up_and_there_are_only_so_many()
    {
        var silent = new List<Socket>();
        try
        {
            while (silent.Count < MonitorServer.MostClients - 1)
                silent.Add(Open("(watch)\n"));
            int seen = 0;
            await foreach (MonitorReport _ in MonitorClient.Connect(Socket).WatchAsync(cancellation: _late.Token))
                if (++seen == 100)
                    break;
            Assert.True(SpinWait.SpinUntil(() =>
            {
                silent.Add(Open("(watch)\n"));
                return FirstLine(silent[^1]).Contains(ErrorCodes.ClientsTooMany, StringComparison.Ordinal);
            }, Deadline), "nobody is refused");
        }
        finally
        {
            silent.ForEach(socket => socket.Dispose());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_is_asked_is_answered_or_refused_and_the_server_goes_on(int seed)
    {
        var random = new Random(seed);
        string[] words = ["(", ")", "\"", "watch", "program", "programs", "forget", "nodes", "vm0.h0", "[", "'", ";", "\\", " ", "\0", "1e999", "((((((((", "\u00ff"];
        for (int round = 0; round < 300; round++)
        {
            var request = new StringBuilder(random.Next(2) == 0 ? "(" : "");
            for (int length = random.Next(12); length > 0; length--)
                request.Append(words[random.Next(words.Length)]).Append(random.Next(2) == 0 ? " " : "");
            string line = request.Append('\n').ToString();
            if (!line.StartsWith("(watch", StringComparison.Ordinal) || !line.EndsWith(")\n", StringComparison.Ordinal))
                Assert.All(await AskAsync(line), answer => Assert.StartsWith("(", answer, StringComparison.Ordinal));
        }

        Assert.Empty(await AskAsync(new string('(', 1 << 20)));
        Assert.Equal(["nodes"], (await MonitorClient.Connect(Socket).ProgramsAsync(_late.Token)).Select(program => program.Key));
    }

    private MonitorServer Start()
    {
        _configured = (NodeSet.Empty, []);
        var server = new MonitorServer(_experiment, Socket, _folder["reductions"], Pause, (raw, reductions) => _configured = (raw, [.. reductions.Select(reduction => reduction.Name)]));
        server.Listen();
        return server;
    }

    private async Task ReportAsync()
    {
        while (!_late.IsCancellationRequested)
        {
            _server.Reported(new PushMessage
            {
                Sequence = 0,
                Rank = 0,
                Configuration = 1,
                Coverage = RankSet.Of(0),
                Contributors = 602,
                Ages = (Pause, Pause),
                Dropped = 0,
                Parts = [new ReducedPart("nodes", "((load (stat 602 1 1 1 1)))"u8.ToArray(), 0, "")],
                Raw = [],
            });
            await Task.Delay(Pause);
        }
    }

    private Socket Open(string request)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = (int)Deadline.TotalMilliseconds };
        socket.Connect(new UnixDomainSocketEndPoint(Socket));
        socket.Send(Encoding.Latin1.GetBytes(request));
        return socket;
    }

    private static string FirstLine(Socket socket)
    {
        byte[] bytes = new byte[4096];
        return Encoding.UTF8.GetString(bytes, 0, socket.Receive(bytes));
    }

    /// <summary>What is answered until the server, which hears that no more is asked, ends the connection.</summary>
    private async Task<string[]> AskAsync(string line)
    {
        using Socket socket = Open("");
        using var stream = new NetworkStream(socket);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(line), _late.Token);
            socket.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return (await reader.ReadToEndAsync(_late.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            // It ended the connection before all was said.
            return [];
        }
    }
}
