using Megatux.Agents;

namespace Megatux.HostAgent;

/// <summary>Hosts that are asked by the channels that they were launched with.</summary>
/// <param name="nodeOf">A host that runs; null when it does not.</param>
/// <param name="answers">What they owe.</param>
internal sealed class ChannelAnswers(Func<int, RunningNode?> nodeOf, PendingAnswers answers) : IHostAnswers
{
    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Statuses(IReadOnlyList<int> hosts, string verb) => AskAll(hosts, verb);

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> AskAll(IReadOnlyList<int> hosts, string request)
    {
        var asked = new List<(MemoryStream Answer, TaskCompletionSource Whole)>();
        foreach (int host in hosts)
        {
            if (nodeOf(host) is not { } node)
                continue;
            (MemoryStream Answer, TaskCompletionSource Whole) one = (new MemoryStream(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            asked.Add(one);
            answers.Ask(node, request, part =>
            {
                one.Answer.Write(part);
                if (part.IsEmpty)
                    one.Whole.TrySetResult();
            });
        }

        Task.WaitAny(Task.WhenAll(asked.Select(one => one.Whole.Task)), Task.Delay(IHostAnswers.Limit));
        return [.. asked.Where(one => one.Whole.Task.IsCompleted).Select(one => one.Answer.ToArray())];
    }

    /// <inheritdoc/>
    public void PassOn(int host, string request, Stream client, TimeSpan? limit)
    {
        if (nodeOf(host) is not { } node)
            return;
        using var output = new ClientOutput(client);
        using var whole = new ManualResetEventSlim();
        uint number = answers.Ask(node, request, part =>
        {
            output.TryWrite(part);
            if (part.IsEmpty)
                whole.Set();
        });
        if (limit is { } time)
            whole.Wait(time);
        else
            ClientInput.Read(client, bytes => node.Send(ChannelKind.Input, RequestNumber.Before(number, bytes)));
        answers.Forget(number);
    }
}
