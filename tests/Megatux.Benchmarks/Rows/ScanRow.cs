using Megatux.Imaging;

namespace Megatux.Benchmarks;

/// <summary>The one thing that a build with nothing to do still does.</summary>
internal sealed class ScanRow : Row
{
    private const double Aim = 1.0;
    private const int Files = 100_000, FilesInFolder = 500;

    private static readonly string[] Inputs = ["bench"];

    // Signatures of files that changed within a tick of the clock are not trusted.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    internal override string Name => "scan";

    internal override string About => "looking for changes in an overlay of 100,000 files, against find looking at the same files";

    internal override void Run(Report report, Workshop shop)
    {
        if (!Shell.Has("find", "findutils", report))
            return;
        string overlay = shop.NewFolder("overlay"), state = shop.NewFolder("state");
        for (int i = 0; i < Files; i++)
        {
            if (i % FilesInFolder == 0)
                Directory.CreateDirectory(Path.Combine(overlay, $"d{i / FilesInFolder}"));
            File.WriteAllText(Path.Combine(overlay, $"d{i / FilesInFolder}", $"file{i}"), "x");
        }

        Thread.Sleep(Tick);
        var watched = new WatchList();
        FolderScan.Walk(overlay, (string name, in Linux.FileStatus status) => watched.Add($"{overlay}/{name}", FileSignature.Of(status)), subject: null, CancellationToken.None);
        BuildState.Save(state, Inputs, watched, new HashSet<string>());

        long start = Stopwatch.GetTimestamp();
        Scan();
        report.Note($"the first scan of this process, before it is compiled to its best: {Unit.Seconds.Of(Stopwatch.GetElapsedTime(start).TotalSeconds)}");

        // Looks at every change time, as a scan must, and prints nothing.
        report.Add(Pairs.Measure("scan, in process", "find -cnewer, a process", Aim,
            new Job(Scan), new Job(() => Shell.Run("find", overlay, "-cnewer", Path.Combine(state, "megatux.state")))));

        void Scan()
        {
            if (BuildState.WhyStale(state, Inputs, out int looked) is { } reason || looked < Files)
                throw new InvalidOperationException($"the scan was to find nothing, but {looked} files were looked at");
        }
    }
}
