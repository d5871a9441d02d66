using System.Net;

namespace Megatux.Tree;

/// <summary>Somebody was not let in.</summary>
/// <param name="Peer">Who, as far as an address says; null when it was gone before it could be asked for.</param>
/// <param name="Reason">Why, in words that follow the address.</param>
/// <param name="Unreported">How many more were refused since the last report, which were too many to report each.</param>
public sealed record LinkRefusal(IPEndPoint? Peer, string Reason, long Unreported)
{
    /// <summary>One line.</summary>
    public override string ToString()
    {
        string text = $"{Peer?.ToString() ?? "somebody"} was not let in: {Reason}";
        return Unreported == 0 ? text : FormattableString.Invariant($"{text}; so were {Unreported} more since the last report");
    }
}
