using System.Globalization;

namespace Megatux.Testing;

/// <summary>Reports as a root writes them.</summary>
public static class MonitorReports
{
    /// <summary>When the first was made, in Unix time.</summary>
    public const long Start = 1266084142;

    /// <summary>What samples mean.</summary>
    public const string Schema = "((uptime 'G seconds) (load 'G one five fifteen) (cpu 'C user nice system idle iowait irq softirq steal) (busy 'G percent) "
        + "(memory 'G total free available buffers cached) (net 'C rxbytes rxpackets rxdrops txbytes txpackets txdrops) (traffic 'G rx tx) (tasks 'G running total) (user 'S))";

    /// <summary>A report of 6 of 8 nodes, and samples of some.</summary>
    /// <param name="number">Its number: a report is made each second.</param>
    /// <param name="samples">The samples of nodes that are wanted as they are.</param>
    public static string Report(int number, params string[] samples) => string.Create(CultureInfo.InvariantCulture, $"""
        (report (time {Start + number}.710273) (interval 1.0) (nodes 6 8) (age 1.25 0.25) (dropped 3) (reductions (nodes (load (stat 6 3.0 0.25 1.0 2.0)) (busy (stat 6 120 0.0 97.5 9600.0)) (busiest (top 10 (97.5 "vm2.h1") (12.5 "vm0.h2"))) (memory (stat 6 60000 8000 12000 620000000)) (memory-total (stat 6 240000 40000 40000 9600000000)) (rx (stat 6 61.5 0 31.5 1500)) (tx (stat 6 12 2 2 24)) (tasks (stat 6 72 12 12 864)) (uptime (stat 6 600 90 110 60100)) (busy-histogram (histogram 0 100 0 0 4 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1))) (kernels (release (group ("6.1.0" "vm[0-2].h1") ("6.6.0" "vm0.h2") (others 2))) (seen (distinct 4.1 "00ff")) (size (stat 6 12 1 3 30)) (own 42))) (problems (kernels 2 "3:7: no such field")){(samples.Length == 0 ? "" : $" (raw {string.Join(' ', samples)}) (schemas (\"h[1-2],vm[0-2].h[1-2]\" {Schema}))")})
        """);

    /// <summary>A sample.</summary>
    /// <param name="node">The node.</param>
    /// <param name="number">Its number, and that of the report that it came with.</param>
    /// <param name="busy">How busy the node is, in percent.</param>
    public static string Sample(string node, int number, double busy = 3.25) => string.Create(CultureInfo.InvariantCulture,
        $"""(("MARK: {Start + number}.710273") 0x4336 "o0x4336 s{number} #1" "{node}" ((uptime {number}.31) (load 0.05 0.01 0.05) (cpu 12 0 3 4000 0 0 0 0) (busy {busy}) (memory 40000 30000 31000 10 20) (net 1 2 0 3 4 0) (traffic 2048.0 3.25) (tasks 1 12) (user (note "a\"b"))))""");
}
