using System.Net;

namespace Megatux.Tree;

/// <summary>Reports refusals, but only some of a flood: the others are counted. For any number of threads.</summary>
internal sealed class RefusalReport(Action<LinkRefusal> report, TimeProvider time)
{
    /// <summary>Reports within a <see cref="Window"/>, at most.</summary>
    public const int Most = 8;

    /// <summary>How often as many reports may come.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _windowStart = time.GetTimestamp();
    private long _unreported;
    private int _reported;

    public void Add(IPEndPoint? peer, string reason)
    {
        long unreported;
        lock (_lock)
        {
            if (time.GetElapsedTime(_windowStart) >= Window)
                (_windowStart, _reported) = (time.GetTimestamp(), 0);
            if (_reported == Most)
            {
                _unreported++;
                return;
            }

            _reported++;
            (unreported, _unreported) = (_unreported, 0);
        }

        report(new LinkRefusal(peer, reason, unreported));
    }
}
