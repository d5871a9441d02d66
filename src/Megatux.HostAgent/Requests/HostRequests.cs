using System.Collections.Concurrent;
using System.Text;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// Answers what comes down a host's channel. A request is a verb and, for most, a node set of which the host takes its own
/// guests; an answer is a text, which for <c>console</c> goes on until it is cancelled.
/// </summary>
internal sealed class HostRequests(Experiment experiment, HostNode host, NodePool pool, Churn churn, PendingAnswers guests, TreeRelay tree, MachineChannel channel)
{
    private readonly ConcurrentDictionary<uint, int> _consoles = new();
    private readonly GuestMemory _memory = new(pool, host.Guests);

    /// <summary>Takes a message.</summary>
    internal void Receive(ChannelKind kind, ReadOnlySpan<byte> payload)
    {
        if (!RequestNumber.TrySplit(payload, out uint number, out ReadOnlySpan<byte> rest))
            return;
        if (kind == ChannelKind.Request)
        {
            string text = Encoding.UTF8.GetString(rest);
            pool.Post(() => Answer(number, text));
        }
        else if (kind == ChannelKind.Input && _consoles.TryGetValue(number, out int guest))
        {
            pool[guest]?.Type(rest);
        }
        else if (kind == ChannelKind.Cancel)
        {
            _consoles.TryRemove(number, out _);
            guests.Forget(number);
        }
    }

    private void Answer(uint number, string request)
    {
        (string verb, string set) = RequestText.Split(request);
        switch (verb)
        {
            case Verbs.Status or Verbs.States:
                Answer(number, HostStatus.Write(host.Name, pool.Supervision, churn.Count, verb == Verbs.Status ? _memory.Read() : 0));
                break;
            case Verbs.Restart or Verbs.Stop:
                pool.End(OwnGuests(set), restart: verb == Verbs.Restart);
                break;
            case Verbs.Rejoin:
                if (NodeSet.TryParse(set, out NodeSet nodes, out _) && (nodes.Contains(host.Name) || OwnGuests(set).Count > 0))
                    tree.Restart();
                break;
            case Verbs.Churn:
                if (ChurnSetting.Parse(set) is { } setting)
                    pool.Change(setting);
                Answer(number, HostChurn.Write(host.Name, churn));
                break;
            case Verbs.Processes:
                Answer(number, Encoding.UTF8.GetBytes(ProcessLines(set)));
                break;
            case Verbs.Log or Verbs.Console when experiment.TryGetGuest(set, out long rank, out int guest) && rank == host.Rank:
                Answer(number, pool.ReadLog(guest));
                if (verb == Verbs.Console)
                {
                    Attach(number, guest);
                    return;
                }

                break;
            case Verbs.Execute:
                Execute(number, set);
                return;
        }

        End(number);
    }

    private void Execute(uint number, string request)
    {
        (string node, string command) = RequestText.Split(request);
        if (node == host.Name)
            ShellCommand.Start(command, part => channel.Send(ChannelKind.Answer, RequestNumber.Before(number, part)));
        else if (experiment.TryGetGuest(node, out long rank, out int guest) && rank == host.Rank && pool[guest] is { } running)
            guests.PassOn(running, number, $"{Verbs.Execute} {command}", part => channel.Send(ChannelKind.Answer, RequestNumber.Before(number, part)), ShellCommand.LongestAnswer);
        else
            End(number);
    }

    private void End(uint number) => channel.Send(ChannelKind.Answer, RequestNumber.Before(number, default));

    private void Attach(uint number, int guest)
    {
        _consoles[number] = guest;
        pool.Listen(guest, bytes =>
        {
            if (!_consoles.ContainsKey(number))
                return false;
            Answer(number, bytes.Span);
            return true;
        });
    }

    private void Answer(uint number, ReadOnlySpan<byte> bytes)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, RequestNumber.LongestRest)..])
            channel.Send(ChannelKind.Answer, RequestNumber.Before(number, bytes[..Math.Min(bytes.Length, RequestNumber.LongestRest)]));
    }

    private string ProcessLines(string set)
    {
        var lines = new StringBuilder();
        foreach (int guest in OwnGuests(set))
            if (pool[guest] is { } running)
                lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"{experiment.GuestName(host.Rank, guest)} {running.Pid} {running.MemoryUsed} {running.CpuTime.TotalSeconds:0.00}\n");
        return lines.ToString();
    }

    private List<int> OwnGuests(string set)
    {
        var numbers = new List<int>();
        if (!NodeSet.TryParse(set, out NodeSet nodes, out _))
            return numbers;
        for (int guest = 0; guest < host.Guests; guest++)
            if (nodes.Contains(experiment.GuestName(host.Rank, guest)))
                numbers.Add(guest);
        return numbers;
    }
}
