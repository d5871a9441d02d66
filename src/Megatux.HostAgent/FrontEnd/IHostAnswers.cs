namespace Megatux.HostAgent;

/// <summary>How hosts are asked for what they alone know.</summary>
internal interface IHostAnswers
{
    /// <summary>How long hosts may take to answer.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>How guests are, as <see cref="HostStatus"/> writes it.</summary>
    /// <param name="hosts">The hosts that are up.</param>
    /// <param name="verb">What is asked: with or without the memory that guests take.</param>
    IReadOnlyList<byte[]> Statuses(IReadOnlyList<int> hosts, string verb);

    /// <summary>Whole answers of the hosts that answer in time.</summary>
    IReadOnlyList<byte[]> AskAll(IReadOnlyList<int> hosts, string request);

    /// <summary>Asks a host, and writes its answer to a client as it comes.</summary>
    /// <param name="host">The host.</param>
    /// <param name="request">What it is asked.</param>
    /// <param name="client">Who wants to know. Where there is no limit, what it sends is passed on, and it ends the answer.</param>
    /// <param name="limit">How long the answer may take; null for one that has no end.</param>
    void PassOn(int host, string request, Stream client, TimeSpan? limit);
}
