using System.Diagnostics;

namespace Megatux.HostAgent;

/// <summary>
/// Memory that a host's guests take. To look costs time for each of them, so that nobody who asks again and again makes the
/// host look all the time: what it saw last counts for ten times as long as looking took.
/// </summary>
internal sealed class GuestMemory(NodePool pool, int guests)
{
    private const int Rest = 10;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next;
    private long _bytes;

    /// <summary>Bytes of this machine's memory. On the pool's thread.</summary>
    internal long Read()
    {
        TimeSpan begin = _clock.Elapsed;
        if (begin < _next)
            return _bytes;
        _bytes = 0;
        for (int guest = 0; guest < guests; guest++)
            _bytes += pool[guest]?.MemoryUsed ?? 0;
        TimeSpan end = _clock.Elapsed;
        _next = end + ((end - begin) * Rest);
        return _bytes;
    }
}
