using System.Text;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Answers the command line: what hosts know is asked of all of them at once, and put together.</summary>
internal sealed class ControlRequests(Experiment experiment, NodePool pool, HostLauncher launcher, LocalTree? tree, FirstProcess first)
{
    /// <summary>How long hosts may take to answer.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>Answers one request.</summary>
    internal void Answer(string request, Stream client)
    {
        (string verb, string set) = RequestText.Split(request);
        switch (verb)
        {
            case Verbs.Status or Verbs.States:
                List<NodeState> hosts = OnPool(HostStates);
                client.Write(ExperimentStatus.Write(experiment, hosts, OnPool(() => pool.Supervision.Failures), launcher.Reasons.Tell(experiment, hosts), [.. AskAll(verb)]));
                break;
            case Verbs.Restart or Verbs.Stop:
                if (NodeSet.TryParse(set, out NodeSet nodes, out _))
                    OnPool(() => End(nodes, request, restart: verb == Verbs.Restart));
                AskAll(request);
                break;
            case Verbs.Rejoin:
                if (set.Length == 0)
                    tree?.Root.Restart();
                else
                    AskAll(request);
                break;
            case Verbs.Churn:
                Churn(set, client);
                break;
            case Verbs.Processes:
                foreach (byte[] answer in AskAll(request))
                    client.Write(answer);
                break;
            case Verbs.Log or Verbs.Console:
                Follow(verb, set, client);
                break;
            case Verbs.Execute:
                Execute(set, client);
                break;
            case Verbs.Halt:
                first.Ask(EndOfMachine.PowerOff);
                break;
        }
    }

    private void Churn(string asked, Stream client)
    {
        string request = $"{Verbs.Churn} {asked}";
        if (ChurnSetting.Parse(asked) is { } setting)
        {
            OnPool(() =>
            {
                launcher.Churn = setting;
                TellBooting(request);
                return true;
            });
        }

        List<byte[]> answers = AskAll(request);
        client.Write(ExperimentChurn.Write(experiment, OnPool(() => launcher.Churn), answers));
    }

    private List<NodeState> HostStates()
    {
        var states = new List<NodeState>();
        for (int host = 0; host < launcher.Count; host++)
            states.Add(pool.Supervision.StateOf(host));
        return states;
    }

    private bool End(NodeSet nodes, string request, bool restart)
    {
        TellBooting(request);
        var hosts = new List<int>();
        NodeSet asked = nodes.Intersect(experiment.Guests);
        for (int host = 0; host < launcher.Count; host++)
        {
            var name = NodeSet.Parse(experiment.HostName(host));
            bool isNamed = nodes.Contains(name);
            bool isDown = pool.Supervision.StateOf(host) == NodeState.Down;

            // A host that is down comes up for any guest of its own; one that is named, with all of them.
            if (isNamed || (restart && isDown && !asked.Intersect(experiment.GuestsOf(name)).IsEmpty))
                hosts.Add(host);
            if (isNamed && isDown)
                asked = asked.Union(name);
        }

        if (restart)
            launcher.Selection = launcher.Selection?.With(BootSelection.Of(experiment, asked));
        pool.End(hosts, restart);
        return true;
    }

    /// <summary>Hosts that are not up yet find the request on their channel, when they are; what they were launched with is older.</summary>
    private void TellBooting(string request)
    {
        for (int host = 0; host < launcher.Count; host++)
            if (pool.Supervision.StateOf(host) == NodeState.Booting && pool[host] is { } booting)
                launcher.Answers.Ask(booting, request, static _ => { });
    }

    /// <summary>Whole answers of the hosts that are up and answer in time.</summary>
    private List<byte[]> AskAll(string request)
    {
        var asked = new List<(MemoryStream Answer, TaskCompletionSource Whole)>();
        foreach (RunningNode host in OnPool(RunningHosts))
        {
            (MemoryStream Answer, TaskCompletionSource Whole) one = (new MemoryStream(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            asked.Add(one);
            launcher.Answers.Ask(host, request, part =>
            {
                one.Answer.Write(part);
                if (part.IsEmpty)
                    one.Whole.TrySetResult();
            });
        }

        Task.WaitAny(Task.WhenAll(asked.Select(one => one.Whole.Task)), Task.Delay(AnswerLimit));
        return [.. asked.Where(one => one.Whole.Task.IsCompleted).Select(one => one.Answer.ToArray())];
    }

    private List<RunningNode> RunningHosts()
    {
        var hosts = new List<RunningNode>();
        for (int host = 0; host < launcher.Count; host++)
            if (pool.Supervision.StateOf(host) == NodeState.Up && pool[host] is { } running)
                hosts.Add(running);
        return hosts;
    }

    private void Follow(string verb, string name, Stream client)
    {
        Node? node = experiment.Find(name);
        if (node is HostNode host)
            FollowHost(verb, (int)host.Rank, client);
        else if (node is GuestNode guest && OnPool(() => pool[(int)guest.HostRank]) is { } running)
            FollowGuest(verb, name, running, client);
    }

    private void FollowHost(string verb, int host, Stream client)
    {
        client.Write(OnPool(() => pool.ReadLog(host)));
        if (verb == Verbs.Log)
            return;
        using var output = new ClientOutput(client);
        OnPool(() =>
        {
            pool.Listen(host, bytes => output.TryWrite(bytes.Span));
            return true;
        });
        ReadInput(client, bytes => OnPool(() => pool[host])?.Type(bytes));
    }

    private void FollowGuest(string verb, string name, RunningNode host, Stream client) => PassOn(host, $"{verb} {name}", client, (number, whole) =>
    {
        if (verb == Verbs.Log)
            whole.Wait(AnswerLimit);
        else
            ReadInput(client, bytes => host.Send(ChannelKind.Input, RequestNumber.Before(number, bytes)));
    });

    private void Execute(string request, Stream client)
    {
        long rank = experiment.Find(RequestText.Split(request).First) switch { HostNode host => host.Rank, GuestNode guest => guest.HostRank, _ => -1 };
        if (rank < 0 || OnPool(() => pool[(int)rank]) is not { } running)
            return;
        PassOn(running, $"{Verbs.Execute} {request}", client, (_, whole) => whole.Wait(ShellCommand.Limit));
    }

    /// <summary>Asks a host, and writes its answer to the client as it comes.</summary>
    /// <param name="host">The host.</param>
    /// <param name="request">What it is asked.</param>
    /// <param name="client">Who wants to know.</param>
    /// <param name="wait">Waits until the client has enough; is given the request's number, and what is set when the answer is whole.</param>
    private void PassOn(RunningNode host, string request, Stream client, Action<uint, ManualResetEventSlim> wait)
    {
        using var output = new ClientOutput(client);
        using var whole = new ManualResetEventSlim();
        uint number = launcher.Answers.Ask(host, request, part =>
        {
            output.TryWrite(part);
            if (part.IsEmpty)
                whole.Set();
        });
        wait(number, whole);
        launcher.Answers.Forget(number);
    }

    private static void ReadInput(Stream client, Action<byte[]> typed)
    {
        byte[] buffer = new byte[256];
        while (client.Read(buffer) is > 0 and int read)
            typed(buffer[..read]);
    }

    private T OnPool<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.Post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task.WaitAsync(AnswerLimit).GetAwaiter().GetResult();
    }
}
