using System.Diagnostics;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Watches nodes come up.</summary>
/// <param name="running">Their experiment.</param>
/// <param name="nodes">Those that are to come up.</param>
/// <param name="clock">Runs since the boot began.</param>
internal sealed class BootWait(RunningExperiment running, NodeSet nodes, Stopwatch clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), TreePause = TimeSpan.FromMilliseconds(20), TreeLimit = TimeSpan.FromSeconds(10);

    /// <summary>How many are to come up.</summary>
    internal long Count => nodes.Count;

    /// <summary>Time since the boot began.</summary>
    internal TimeSpan Elapsed => clock.Elapsed;

    /// <summary>How all nodes were when they were last looked at, without the memory that they take.</summary>
    internal ExperimentStatus Status { get; private set; } = ExperimentStatus.WithoutMemory(running);

    /// <summary>Those that were not up then.</summary>
    internal NodeSet Missing => nodes.Except(Status.Hosts("up")).Except(Status.Guests("up"));

    /// <summary>Waits until all are up, the time is over, or somebody has had enough.</summary>
    /// <param name="limit">The most time since the boot began.</param>
    /// <param name="show">Shows how far it is, ten times a second.</param>
    /// <param name="stop">Ends it early.</param>
    internal void Run(TimeSpan limit, Action show, CancellationToken stop)
    {
        while (true)
        {
            show();
            if (Missing.IsEmpty)
                break;
            if (clock.Elapsed > limit || stop.WaitHandle.WaitOne(Pause))
                return;
            Status = ExperimentStatus.WithoutMemory(running);
        }

        // Those who are up can be given jobs as soon as the tree has heard of them, which is a moment later.
        long until = Environment.TickCount64 + (long)TreeLimit.TotalMilliseconds;
        while (File.Exists(running.Files.Xproc) && !IsInTree() && Environment.TickCount64 < until && !stop.WaitHandle.WaitOne(TreePause))
        {
        }
    }

    private bool IsInTree()
    {
        try
        {
            return XprocClient.Connect(running.Files.Xproc).NodesAsync().GetAwaiter().GetResult().Up.Contains(nodes);
        }
        catch (MegatuxException)
        {
            // Its root is being started again.
            return false;
        }
    }
}
