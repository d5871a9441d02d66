using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Benchmarks;

/// <summary>Guests that are containers against the loop that a person would write.</summary>
internal sealed class ContainersRow : Row
{
    private const int Rounds = 3;

    // How many, and how long they may take.
    private static readonly (int Guests, double SecondsAim)[] Sizes = [(100, 2), (1000, 15)];

    internal override string Name => "containers";

    internal override string About => "guests that are containers, up and answering on their channels, against a shell loop of unshare, overlay, pivot_root, veth and bridge port";

    internal override void Run(Report report, Workshop shop)
    {
        string root = Path.Combine(shop.NewFolder("root"), "root");
        Shell.Run(Workshop.Megatux, "image", "extract", Path.Combine(shop.Containers.Outputs, OutputNames.Image(ImageKind.Guest)), "--to", root);
        foreach ((int guests, double aim) in Sizes)
        {
            FleetTrials trials = new FleetTrials(report, guests, shop.Containers.Part($"vm[0-{guests - 1}].h0"), new ShellLoop(shop, report, guests, ShellLoops.Containers, root)).Run(Rounds);
            trials.Compare(1, "shell loop", aim: 1, memoryAim: null);
            trials.CompareWithLimits(aim, memory: null);
        }
    }
}
