using System.Text;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>Answers the command line: what hosts know is asked of all of them at once, and put together.</summary>
internal sealed class ControlRequests(Experiment experiment, NodePool pool, HostLauncher launcher, IHostAnswers answers, TreeWatch? watch, LocalTree? tree, FirstProcess first)
{
    /// <summary>Answers one request.</summary>
    internal void Answer(string request, Stream client)
    {
        (string verb, string set) = RequestText.Split(request);
        switch (verb)
        {
            case Verbs.Status or Verbs.States:
                List<NodeState> hosts = OnPool(HostStates);
                client.Write(ExperimentStatus.Write(experiment, hosts, OnPool(() => pool.Supervision.Failures), launcher.Reasons.Tell(experiment, hosts), answers.Statuses(OnPool(HostsUp), verb)));
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

        IReadOnlyList<byte[]> told = AskAll(request);
        client.Write(ExperimentChurn.Write(experiment, OnPool(() => launcher.Churn), told));
    }

    private List<NodeState> HostStates()
    {
        var states = new List<NodeState>();
        for (int host = 0; host < launcher.Count; host++)
            states.Add(StateOf(host));
        return states;
    }

    // One that runs and is heard no more is not up.
    private NodeState StateOf(int host) => pool.Supervision.StateOf(host) is var state && state == NodeState.Up && watch?.Has(host) == false ? NodeState.Booting : state;

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

    /// <summary>Hosts with channels that are not up yet find the request on their channel, when they are; what they were launched with is older.</summary>
    private void TellBooting(string request)
    {
        for (int host = 0; host < launcher.Count; host++)
            if (watch is null && pool.Supervision.StateOf(host) == NodeState.Booting && pool[host] is { } booting)
                launcher.Answers.Ask(booting, request, static _ => { });
    }

    private IReadOnlyList<byte[]> AskAll(string request) => answers.AskAll(OnPool(HostsUp), request);

    private List<int> HostsUp()
    {
        var hosts = new List<int>();
        for (int host = 0; host < launcher.Count; host++)
            if (pool.Supervision.StateOf(host) == NodeState.Up)
                hosts.Add(host);
        return hosts;
    }

    private void Follow(string verb, string name, Stream client)
    {
        Node? node = experiment.Find(name);
        if (node is HostNode host)
            FollowHost(verb, (int)host.Rank, client);
        else if (node is GuestNode guest && OnPool(() => pool[(int)guest.HostRank]) is not null)
            answers.PassOn((int)guest.HostRank, $"{verb} {name}", client, verb == Verbs.Log ? IHostAnswers.Limit : null);
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
        ClientInput.Read(client, bytes => OnPool(() => pool[host])?.Type(bytes));
    }

    private void Execute(string request, Stream client)
    {
        long rank = experiment.Find(RequestText.Split(request).First) switch { HostNode host => host.Rank, GuestNode guest => guest.HostRank, _ => -1 };
        if (rank >= 0 && OnPool(() => pool[(int)rank]) is not null)
            answers.PassOn((int)rank, $"{Verbs.Execute} {request}", client, ShellCommand.Limit);
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
        return done.Task.WaitAsync(IHostAnswers.Limit).GetAwaiter().GetResult();
    }
}
