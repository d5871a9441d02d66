using System.Globalization;
using System.Text;

namespace Megatux.Benchmarks;

/// <summary>Prints what was found as it is found, and keeps it as a table for a document.</summary>
/// <param name="output">Where it prints.</param>
/// <param name="plots">The folder for plots; null when none are wanted.</param>
internal sealed class Report(TextWriter output, string? plots)
{
    private const int WhatWidth = 56, ValueWidth = 30, RatioWidth = 8;

    private readonly StringBuilder _table = new();
    private readonly StringBuilder _remarks = new();
    private string _row = "";

    /// <summary>Aims that were not reached.</summary>
    internal int ShortFalls { get; private set; }

    /// <summary>Rows that could not be measured.</summary>
    internal int Failures { get; private set; }

    internal void Begin(string machine)
    {
        output.WriteLine(machine);
        output.WriteLine("Each line: ours against the peer, medians (least-most), the median of the ratios pair by pair, the aim.");
        _table.Append(machine).Append("\n\n| Row | What | Ours | Peer | Peer's | Ratio | Aim |\n|---|---|---|---|---|---|---|\n");
    }

    internal void BeginRow(Row row)
    {
        _row = row.Name;
        output.WriteLine($"\n{row.Name}: {row.About}");
    }

    internal void Add(Comparison found)
    {
        string ours = found.Unit.Of(found.Ours), theirs = found.Unit.Of(found.Theirs);
        string ratio = found.Ratio.ToString(found.Ratio < 0.2 ? "0.000" : "0.00", CultureInfo.InvariantCulture) + "x";
        string what = $"{found.What} / {found.Peer}";
        output.WriteLine($"  {what,-WhatWidth} {ours,ValueWidth} {theirs,ValueWidth} {ratio,RatioWidth}  {found.Verdict}");
        _table.Append(CultureInfo.InvariantCulture, $"| {_row} | {Cell(found.What)} | {ours} | {Cell(found.Peer)} | {theirs} | {ratio} | {found.Verdict} |\n");
        if (found.FallsShort)
            ShortFalls++;
    }

    /// <summary>Says something about the row that is no figure.</summary>
    internal void Note(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            output.WriteLine($"  {line}");
            _remarks.Append(CultureInfo.InvariantCulture, $"- {_row}: {line}\n");
        }
    }

    /// <summary>Keeps a plot, where plots are wanted.</summary>
    internal void Plot(string file, string svg)
    {
        if (plots is null)
            return;
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(plots).FullName, file), svg);
        Note($"plot: {Path.Combine(plots, file)}");
    }

    /// <summary>Says that a peer is not here, and how to get it.</summary>
    internal void Missing(string peer, string package) => Note($"not measured against {peer}: the Debian package {package} is missing");

    internal void Fail(Exception failure)
    {
        Failures++;
        Note($"failed: {failure.Message}");
    }

    internal void End()
    {
        output.WriteLine();
        output.WriteLine(Failures > 0 ? $"{Failures} rows failed, {ShortFalls} aims fall short." : ShortFalls > 0 ? $"{ShortFalls} aims fall short." : "All aims hold.");
    }

    /// <summary>Everything as Markdown.</summary>
    internal string Markdown => _remarks.Length == 0 ? _table.ToString() : $"{_table}\n{_remarks}";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
