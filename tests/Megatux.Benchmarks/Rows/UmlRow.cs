using System.Globalization;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Benchmarks;

/// <summary>A hundred guests under UML against the loop that a person would write.</summary>
internal sealed class UmlRow : Row
{
    private const int Rounds = 3;
    private const double SecondsAim = 15;
    private const long MemoryAim = 12_000_000;

    /// <summary>
    /// Laptop's, with our kernel options; without them one in ten of a hundred that boot at once finds too little, and on a busy
    /// machine some die again and again: a person gives them more.
    /// </summary>
    private const string OurMemory = "40M", PlainMemory = "64M";

    /// <summary>The words that our guests' kernels are started with, besides those of the loop.</summary>
    private static readonly string[] KernelWords =
    [
        "quiet", "pty.legacy_count=0", "lpj=20000000", "hostfs=/nonexistent",
        "initcall_blacklist=raid6_select_algo,calibrate_xor_blocks,init_zswap,init_btrfs_fs,init_xfs_fs,init_jfs_fs,ssl_init",
    ];

    internal override string Name => "uml";

    internal override string About => "laptop's 2 hosts and 100 guests under UML, against a shell loop that starts 100 guests from the same image, without and with our kernel options";

    internal override void Run(Report report, Workshop shop)
    {
        using var laptop = BootedExperiment.Copy(shop, "laptop");
        Experiment plan = laptop.Plan();
        string guests = Path.Combine(shop.NewFolder("guests"), "guests");
        File.WriteAllLines(guests, Enumerable.Range(0, (int)plan.GuestCount).Select(number => plan.GuestAt(number)).Select(at => plan.Guest(at.Host, at.Guest))
            .Select(guest => string.Create(CultureInfo.InvariantCulture, $"{guest.Index} {guest.Mac}")));
        string[] arguments = [Path.Combine(laptop.Outputs, OutputNames.GuestKernel(plan.Hypervisor)), Path.Combine(laptop.Outputs, OutputNames.Image(ImageKind.Guest)), guests];
        FleetTrials trials = new FleetTrials(report, (int)plan.GuestCount, laptop,
            new ShellLoop(shop, report, (int)plan.GuestCount, ShellLoops.Uml, [.. arguments, PlainMemory]),
            new ShellLoop(shop, report, (int)plan.GuestCount, ShellLoops.Uml, [.. arguments, OurMemory, .. KernelWords])).Run(Rounds);
        trials.Compare(1, "shell loop", aim: 1, memoryAim: 1);
        trials.Compare(2, "with our kernel options", aim: 1, memoryAim: 1);
        trials.CompareWithLimits(SecondsAim, MemoryAim);
    }
}
