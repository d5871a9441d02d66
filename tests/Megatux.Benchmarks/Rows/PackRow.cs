namespace Megatux.Benchmarks;

/// <summary>A tree becomes an initramfs.</summary>
internal sealed class PackRow : Row
{
    private const double Aim = 1.0, SizeAim = 1.03;
    private const string Listing = "find . | LC_ALL=C sort";

    internal override string Name => "pack";

    internal override string About => "a tree of 100 MB becomes an initramfs, whole processes";

    internal override void Run(Report report, Workshop shop)
    {
        string output = shop.NewFolder("pack");
        bool hasCpio = Shell.Has("cpio", "cpio", report);
        if (hasCpio)
            Measure("gzip", "find | sort | cpio | gzip -6", "cpio -o -H newc --quiet | gzip -6 >", Aim);
        if (Shell.Has("bsdcpio", "libarchive-tools", report))
            Measure("gzip", "find | sort | bsdcpio -z", "bsdcpio -o -H newc --quiet -z >", Aim);
        if (hasCpio && Shell.Has("pigz", "pigz", report))
            Measure("gzip", "find | sort | cpio | pigz -6", "cpio -o -H newc --quiet | pigz -6 >", aim: null);
        if (hasCpio && Shell.Has("zstd", "zstd", report))
            Measure("zstd", "find | sort | cpio | zstd -9 -T0", "cpio -o -H newc --quiet | zstd -q -9 -T0 >", aim: null);

        void Measure(string compression, string peer, string commands, double? aim)
        {
            string ours = Path.Combine(output, "ours", "out.img"), theirs = Path.Combine(output, "theirs.img");
            report.Add(Pairs.Measure($"pack, {compression}", peer, aim,
                new Job(() => Shell.Run(Environment.ProcessPath!, "pack", shop.Tree, ours, "--compression", compression), () => Empty(Path.GetDirectoryName(ours)!)),
                new Job(() => Shell.Run($"{Listing} | {commands} '{theirs}'", shop.Tree), () => File.Delete(theirs))));
            report.Add(Comparison.OfBytes($"size, {compression}", peer, new FileInfo(ours).Length, new FileInfo(theirs).Length, aim is null ? null : SizeAim));
        }
    }

    private static void Empty(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }
}
