namespace Megatux.HostAgent;

/// <summary>
/// When which guest of a host reboots: a Poisson process over all of its guests, each reboot of any guest alike. The n-th
/// reboot is computed from the seed, the host's rank and n: the same ones give the same schedule, hosts differ from each
/// other, and nothing is kept of guests, however many there are. Pure: it knows no clock.
/// </summary>
internal sealed class ChurnSchedule
{
    /// <summary>The step of SplitMix64 (Steele, Lea and Flood 2014): 2^64 divided by the golden ratio, odd.</summary>
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>Gaps are no longer than this, about 300 years, which times can hold.</summary>
    private const double LongestGap = 1e10;

    private const int NumbersEach = 2;
    private const double UnitsInOne = 1UL << 53;
    private const int LowBits = 64 - 53;

    private readonly double _perSecond;
    private readonly int _guests;
    private readonly ulong _key;
    private ulong _number;

    /// <summary>Begins at a time with the first reboot of the schedule.</summary>
    /// <param name="rate">The fraction of guests that reboot in a week, from 0.</param>
    /// <param name="seed">What decides, with the host's rank.</param>
    /// <param name="hostRank">The host's rank, from 0.</param>
    /// <param name="guests">How many guests the host has, from 0.</param>
    /// <param name="start">When the schedule begins.</param>
    internal ChurnSchedule(decimal rate, int seed, long hostRank, int guests, TimeSpan start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(guests);
        _perSecond = (double)rate * guests / Model.ChurnRate.SecondsInWeek;
        _guests = guests;
        _key = Mix(Mix((uint)seed * Step) + ((ulong)hostRank * Step));
        Next = _perSecond > 0 ? start + Gap() : null;
    }

    /// <summary>When the next reboot is; null when there is none.</summary>
    internal TimeSpan? Next { get; private set; }

    /// <summary>The guest that reboots next: its number on the host. Means something while there is a next reboot.</summary>
    internal int Guest => (int)(((UInt128)Random((_number * NumbersEach) + 1) * (ulong)_guests) >> 64);

    /// <summary>Goes on to the reboot after the next.</summary>
    internal void Advance()
    {
        _number++;
        Next += Gap();
    }

    // The gaps of a Poisson process are distributed exponentially.
    private TimeSpan Gap()
    {
        double one = ((Random(_number * NumbersEach) >> LowBits) + 1) / UnitsInOne;
        return TimeSpan.FromSeconds(Math.Min(-Math.Log(one) / _perSecond, LongestGap));
    }

    private ulong Random(ulong number) => Mix(_key + (number * Step));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
