using System.CommandLine;
using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>Monitoring of so many nodes, as a process of its own: what it takes of memory is its own, too.</summary>
internal static class PushVerb
{
    internal const string Word = "push";

    internal static System.CommandLine.Command Create()
    {
        var hosts = new Argument<long>("HOSTS");
        var guests = new Argument<int>("GUESTS") { Description = "Guests on each host." };
        var command = new System.CommandLine.Command(Word) { hosts, guests };
        command.Hidden = true;
        command.SetAction(result =>
        {
            PushLoad load = PushFleet.Run(result.GetValue(hosts), result.GetValue(guests));
            using Process own = Process.GetCurrentProcess();
            foreach (double value in (double[])[load.RootPushes, load.RootPushBytes, load.RootBytes, load.MostMessages, load.MostBytes, own.PeakWorkingSet64])
                Console.WriteLine(value.ToString("R", CultureInfo.InvariantCulture));
            return 0;
        });
        return command;
    }
}
