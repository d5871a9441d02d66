using Megatux.Linux;

namespace Megatux.Agents;

/// <summary>A machine's end of its cable, which its kernel names as it pleases.</summary>
public static class CableEnd
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits for the interface, since drivers make theirs when they please, and has it renamed to what the plan calls it.</summary>
    /// <param name="setup">Where the renaming is queued.</param>
    /// <param name="link">What the kernel calls it.</param>
    /// <param name="name">What the plan calls it.</param>
    public static void Take(NetworkSetup setup, string link, string name)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Await(link);
        if (link != name)
            setup.Rename(link, name);
    }

    /// <summary>Waits until there is an interface of that name.</summary>
    /// <returns>False if it did not come.</returns>
    public static bool Await(string link)
    {
        using NetworkSetup setup = NetworkSetup.Open();
        long until = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (!setup.Links().Any(known => known.Name == link))
        {
            if (Environment.TickCount64 >= until)
                return false;
            Thread.Sleep(Pause);
        }

        return true;
    }
}
