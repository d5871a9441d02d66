using System.Net.Sockets;
using System.Text;
using Megatux.Model;

namespace Megatux.Xproc.Tests;

public sealed class JobServerTests
{
    private const int Deadline = 60_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Deadline)]
    public async Task What_nodes_say_comes_with_their_names_and_the_result_has_each_node_once()
    {
        using var root = new TestRoot(4);
        XprocClient client = root.Connect();
        using XprocJob job = await client.RunAsync(Spec("echo", "hello"), NodeSet.Parse("n[0-5]"), Stop);
        Assert.Equal(("n[0-3]", "n[4-5]"), (job.Head.Target.ToString(), job.Head.NotUp.ToString()));
        Dictionary<string, string> said = await Said(job);
        Assert.Equal(4, said.Count);
        Assert.All(said.Values, text => Assert.Equal("hello\n", text));
        Assert.Equal(("n[0-3]", "n[4-5]", 255), (job.Result.Succeeded.ToString(), job.Result.NotUp.ToString(), job.Result.ExitCode));
    }

    [Fact(Timeout = Deadline)]
    public async Task Exit_codes_and_refusals_are_told_apart()
    {
        using var root = new TestRoot(3);
        XprocClient client = root.Connect();
        using XprocJob fails = await client.RunAsync(Spec("exit", "3"), NodeSet.Parse("n[0-2]"), Stop);
        JobResult failed = await fails.WaitAsync(Stop);
        Assert.Equal(("n[0-2]", 3), (failed.ByCode[3].ToString(), failed.ExitCode));
        using XprocJob refuses = await client.RunAsync(Spec("refuse"), NodeSet.Parse("n1"), Stop);
        JobRecord record = await refuses.RecordsAsync(Stop).SingleAsync(Stop);
        Assert.Equal((RecordKind.Refused, "no such program"), (record.Kind, Encoding.UTF8.GetString(record.Bytes.Span)));
        Assert.Equal("n1", refuses.Result.Refused.ToString());
    }

    [Fact(Timeout = Deadline)]
    public async Task A_job_goes_on_without_its_client_and_another_finds_all_of_it()
    {
        using var root = new TestRoot(2);
        ulong number;
        using (XprocJob job = await root.Connect().RunAsync(Spec("hang"), NodeSet.Parse("n[0-1]"), Stop))
            number = job.Head.Number;
        XprocClient other = root.Connect();
        JobSummary listed = Assert.Single(await other.ListAsync(Stop));
        Assert.Equal((number, "n[0-1]", null), (listed.Head.Number, listed.Result.Pending.ToString(), listed.Ended));
        using XprocJob attached = await other.AttachAsync(number, cancellation: Stop);
        await attached.SignalAsync(2, NodeSet.Parse("n0"), Stop);
        await attached.SignalAsync(15, NodeSet.Parse("n1"), Stop);
        JobResult result = await attached.WaitAsync(Stop);
        Assert.Equal(("n0", "n1"), (result.ByCode[130].ToString(), result.ByCode[143].ToString()));
        using XprocJob late = await other.AttachAsync(number, cancellation: Stop);
        await late.WaitAsync(Stop);
        Assert.Equal(("n0", "n1"), (late.Result.ByCode[130].ToString(), late.Result.ByCode[143].ToString()));
        Assert.NotNull(Assert.Single(await other.ListAsync(Stop)).Ended);
    }

    [Fact(Timeout = Deadline)]
    public async Task Input_reaches_every_node_whole_and_in_order()
    {
        using var root = new TestRoot(3);
        using XprocJob job = await root.Connect().RunAsync(Spec("cat") with { HasInput = true }, NodeSet.Parse("n[0-2]"), Stop);
        string text = string.Concat(Enumerable.Range(0, 5_000).Select(line => $"{line}\n"));
        Task<Dictionary<string, string>> said = Said(job);
        await job.InputAsync(Encoding.UTF8.GetBytes(text), isLast: false, Stop);
        await job.InputAsync(default, isLast: true, Stop);
        Assert.All((await said).Values, echoed => Assert.Equal(text, echoed));
        Assert.True(job.Result.IsSuccess);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_client_that_reads_nothing_holds_up_neither_the_job_nor_others()
    {
        using var root = new TestRoot(2);
        const int Bytes = 100_000;
        using XprocJob job = await root.Connect().RunAsync(Spec("flood", $"{Bytes}"), NodeSet.Parse("n[0-1]"), Stop);
        using var idle = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await idle.ConnectAsync(new UnixDomainSocketEndPoint(root.SocketPath), Stop);
        using var stream = new NetworkStream(idle);

        // So often that it is more than any socket holds.
        for (int times = 0; times < 50; times++)
            await ClientFrame.Of(ClientFrameKind.Attach, payload =>
            {
                payload.Number((long)job.Head.Number);
                payload.Number(0);
            }).WriteAsync(stream, Stop);
        Assert.All((await Said(job)).Values, text => Assert.Equal(Bytes, text.Length));
        Assert.True(job.Result.IsSuccess);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_root_that_is_killed_and_started_again_loses_doubles_and_restarts_nothing()
    {
        using var root = new TestRoot(3);
        XprocClient client = root.Connect();
        using XprocJob hang = await client.RunAsync(Spec("hang"), NodeSet.Parse("n[0-2]"), Stop);
        using XprocJob flood = await client.RunAsync(Spec("flood", "200000"), NodeSet.Parse("n[0-2]"), Stop);
        Task<Dictionary<string, string>> said = Said(flood);
        Task<JobResult> ended = hang.WaitAsync(Stop);
        for (int kills = 0; kills < 3; kills++)
        {
            await Task.Delay(100, Stop);
            root.Kill();
            root.Start();
        }

        Assert.All((await said).Values, text => Assert.Equal(200_000, text.Length));
        Assert.False(ended.IsCompleted);
        await hang.SignalAsync(9, cancellation: Stop);
        Assert.Equal("n[0-2]", (await ended).ByCode[137].ToString());
        Assert.All(root.Nodes, node => Assert.Equal(2, node.Started));
    }

    [Theory(Timeout = Deadline)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task Input_that_was_lost_on_the_way_is_said_again(int lost, bool lastToo)
    {
        using var root = new TestRoot(3);
        using XprocJob job = await root.Connect().RunAsync(Spec("cat") with { HasInput = true }, NodeSet.Parse("n[0-2]"), Stop);
        await job.InputAsync("first\n"u8.ToArray(), isLast: false, Stop);
        root.LoseInput(lost);
        for (int piece = 0; piece < 5; piece++)
            await job.InputAsync(Encoding.UTF8.GetBytes($"{piece}\n"), isLast: false, Stop);
        if (lastToo)
            root.LoseInput(1);
        await job.InputAsync(default, isLast: true, Stop);

        // Nothing follows that would show it; but whatever loses the last piece is another way for what comes next.
        if (lastToo)
            root.ChangeWays();
        Dictionary<string, string> said = await Said(job);
        Assert.Equal(3, said.Count);
        Assert.All(said.Values, text => Assert.Equal("first\n0\n1\n2\n3\n4\n", text));
    }

    [Theory(Timeout = Deadline)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_last_of_the_input_is_said_again_when_nothing_follows_that_would_show_its_loss(bool withRoot)
    {
        using var root = new TestRoot(3);
        using XprocJob job = await root.Connect().RunAsync(Spec("cat") with { HasInput = true }, NodeSet.Parse("n[0-2]"), Stop);
        Task<Dictionary<string, string>> said = Said(job);
        root.LoseInput(2);
        await job.InputAsync("all"u8.ToArray(), isLast: false, Stop);
        await job.InputAsync(default, isLast: true, Stop);
        if (withRoot)
        {
            root.Kill();
            root.Start();
        }

        Assert.All((await said).Values, text => Assert.Equal("all", text));
        Assert.Equal(3, (await said).Count);
    }

    [Fact(Timeout = Deadline)]
    public async Task Of_input_that_a_process_does_not_read_no_more_is_sent_than_a_node_may_hold()
    {
        using var root = new TestRoot(2);
        XprocClient client = root.Connect();
        using XprocJob job = await client.RunAsync(Spec("hang") with { HasInput = true }, NodeSet.Parse("n[0-1]"), Stop);
        Task input = job.InputAsync(new byte[4 * InputFlow.Window], isLast: true, Stop);
        while (root.Nodes.Any(node => node.Given < InputFlow.Window))
            await Task.Delay(10, Stop);
        await Task.Delay(300, Stop);
        Assert.All(root.Nodes, node => Assert.Equal(InputFlow.Window, node.Given));
        Assert.False(input.IsCompleted);

        // Who does not take it any more is not waited for.
        await client.SignalAsync(job.Head.Number, 15, null, Stop);
        await input;
        Assert.Equal("n[0-1]", (await job.WaitAsync(Stop)).ByCode[143].ToString());
    }

    [Fact(Timeout = Deadline)]
    public async Task Input_goes_on_where_it_was_when_the_root_was_another()
    {
        using var root = new TestRoot(2);
        using XprocJob job = await root.Connect().RunAsync(Spec("cat") with { HasInput = true }, NodeSet.Parse("n[0-1]"), Stop);
        Task<Dictionary<string, string>> said = Said(job);
        var whole = new StringBuilder();
        for (int line = 0; line < 300; line++)
        {
            if (line % 100 == 50)
            {
                root.Kill();
                root.Start();
            }

            whole.Append(line).Append('\n');
            await job.InputAsync(Encoding.UTF8.GetBytes($"{line}\n"), isLast: line == 299, Stop);
        }

        Assert.All((await said).Values, echoed => Assert.Equal(whole.ToString(), echoed));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_node_that_ends_is_lost_and_one_that_is_given_up_too()
    {
        using var root = new TestRoot(3);
        XprocClient client = root.Connect();
        using XprocJob job = await client.RunAsync(Spec("hang"), NodeSet.Parse("n[0-2]"), Stop);
        root.LoseLastNode();
        await client.GiveUpAsync(job.Head.Number, NodeSet.Parse("n0"), Stop);
        await client.SignalAsync(job.Head.Number, 15, NodeSet.Parse("n1"), Stop);
        JobResult result = await job.WaitAsync(Stop);
        Assert.Equal("n1", result.ByCode[143].ToString());
        Assert.Equal(3, result.Count);
        Assert.True(result.Lost.Contains("n2"));
        Assert.Equal("n[0-1]", (await client.NodesAsync(Stop)).Up.ToString());
    }

    [Fact(Timeout = Deadline)]
    public async Task A_root_that_is_about_to_come_back_is_waited_for_and_one_that_never_was_is_not()
    {
        using var folder = new TempFolder();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        MegatuxException nobody = Assert.Throws<MegatuxException>(() => XprocClient.Connect(folder["xproc"]));
        Assert.Equal(ErrorCodes.RootUnreachable, nobody.Problem.Code);
        socket.Bind(new UnixDomainSocketEndPoint(folder["xproc"]));
        Task<XprocClient> connecting = Task.Run(() => XprocClient.Connect(folder["xproc"]), Stop);
        await Task.Delay(300, Stop);
        Assert.False(connecting.IsCompleted);
        socket.Listen();
        await connecting;
    }

    [Theory(Timeout = Deadline)]
    [InlineData(ErrorCodes.JobMalformed, "")]
    [InlineData(ErrorCodes.JobMalformed, "a\0b")]
    public async Task A_command_that_is_none_is_refused(string code, string word)
    {
        using var root = new TestRoot(1);
        MegatuxException refused = await Assert.ThrowsAsync<MegatuxException>(() => root.Connect().RunAsync(Spec(word), NodeSet.Parse("n0"), Stop));
        Assert.Equal(code, refused.Problem.Code);
    }

    [Fact(Timeout = Deadline)]
    public async Task What_cannot_be_is_refused_by_one_error()
    {
        using var root = new TestRoot(1);
        XprocClient client = root.Connect();
        MegatuxException unknown = await Assert.ThrowsAsync<MegatuxException>(() => client.AttachAsync(99, cancellation: Stop));
        Assert.Equal(ErrorCodes.JobUnknown, unknown.Problem.Code);
        MegatuxException tooLong = await Assert.ThrowsAsync<MegatuxException>(() => client.RunAsync(Spec("echo", new string('x', 20_000)), NodeSet.Parse("n0"), Stop));
        Assert.Equal(ErrorCodes.CommandTooLong, tooLong.Problem.Code);
        MegatuxException nobody = Assert.Throws<MegatuxException>(() => XprocClient.Connect(root.SocketPath + "-none"));
        Assert.Equal(ErrorCodes.RootUnreachable, nobody.Problem.Code);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_request_that_lies_or_means_nothing_ends_its_own_connection_at_most()
    {
        using var root = new TestRoot(1);
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(root.SocketPath), Stop);
            byte[] bytes = new byte[random.Next(1, 100)];
            random.NextBytes(bytes);
            if (round % 2 == 0 && bytes.Length > 5)
                new byte[] { (byte)(bytes.Length - 5), 0, 0, 0, (byte)random.Next(1, 8) }.CopyTo(bytes, 0);
            await socket.SendAsync(bytes, Stop);
        }

        using XprocJob job = await root.Connect().RunAsync(Spec("name"), NodeSet.Parse("n0"), Stop);
        Assert.Equal("n0\n", (await Said(job))["n0"]);
    }

    private static JobSpec Spec(params string[] words) => new() { Words = words };

    private static async Task<Dictionary<string, string>> Said(XprocJob job)
    {
        var texts = new Dictionary<string, StringBuilder>();
        await foreach (JobRecord record in job.RecordsAsync(Stop))
        {
            if (record.IsLast)
                continue;
            foreach (string node in record.Nodes.Expand())
            {
                if (!texts.TryGetValue(node, out StringBuilder? text))
                    texts.Add(node, text = new StringBuilder());
                text.Append(Encoding.UTF8.GetString(record.Bytes.Span));
            }
        }

        return texts.ToDictionary(text => text.Key, text => text.Value.ToString());
    }
}
