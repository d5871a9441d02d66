using System.Globalization;
using System.Text;

namespace Megatux.Benchmarks;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Color">Its colour, as SVG has it.</param>
/// <param name="Points">Its points; all values are above 0.</param>
/// <param name="IsDashed">Whether it is only there to compare with: dashed, and without marks.</param>
internal sealed record PlotLine(string Name, string Color, IReadOnlyList<(double X, double Y)> Points, bool IsDashed = false);

/// <summary>Draws a plot with two logarithmic axes as SVG.</summary>
internal sealed class LogPlot(string title, string across, string up)
{
    private const int Width = 640, Height = 420, Left = 80, Right = 130, Top = 40, Bottom = 56;

    private readonly StringBuilder _svg = new();
    private (double First, double Last) _x, _y;

    internal string Draw(IReadOnlyList<PlotLine> lines)
    {
        _x = Decades(lines.SelectMany(line => line.Points.Select(point => point.X)));
        _y = Decades(lines.SelectMany(line => line.Points.Select(point => point.Y)));
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>");
        Label(Left, Top - 16, "start", "#222222", title);
        for (double decade = _x.First; decade <= _x.Last; decade++)
            Grid(AtX(decade), AtX(decade), Top, Height - Bottom, AtX(decade), Height - Bottom + 18, "middle", decade);
        for (double decade = _y.First; decade <= _y.Last; decade++)
            Grid(Left, Width - Right, AtY(decade), AtY(decade), Left - 8, AtY(decade) + 4, "end", decade);
        Label((Left + Width - Right) / 2.0, Height - 14, "middle", "#222222", across);
        Add($"<text x=\"18\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" fill=\"#222222\" transform=\"rotate(-90 18 {(Top + Height - Bottom) / 2})\">{up}</text>");
        foreach (PlotLine line in lines)
            Draw(line);
        Add($"</svg>");
        return _svg.ToString();
    }

    private void Draw(PlotLine line)
    {
        (double X, double Y)[] places = [.. line.Points.Select(point => (AtX(Math.Log10(point.X)), AtY(Math.Log10(point.Y))))];
        string path = string.Join(' ', places.Select(place => Invariant($"{place.X:0.0},{place.Y:0.0}")));
        string dashes = line.IsDashed ? " stroke-dasharray=\"6 5\"" : "";
        Add($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{line.Color}\" stroke-width=\"2\"{dashes}/>");
        if (!line.IsDashed)
            foreach ((double x, double y) in places)
                Add($"<circle cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"3.5\" fill=\"{line.Color}\"/>");
        Label(places[^1].X + 10, places[^1].Y + 4, "start", line.Color, line.Name);
    }

    private void Grid(double x1, double x2, double y1, double y2, double labelX, double labelY, string anchor, double decade)
    {
        Add($"<line x1=\"{x1:0.0}\" y1=\"{y1:0.0}\" x2=\"{x2:0.0}\" y2=\"{y2:0.0}\" stroke=\"#dddddd\"/>");
        Label(labelX, labelY, anchor, "#444444", Math.Pow(10, decade).ToString("N0", CultureInfo.InvariantCulture));
    }

    private void Label(double x, double y, string anchor, string color, string text) =>
        Add($"<text x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\" fill=\"{color}\">{text}</text>");

    private void Add(FormattableString text) => _svg.Append(Invariant(text)).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private double AtX(double decade) => Left + (decade - _x.First) / (_x.Last - _x.First) * (Width - Left - Right);

    private double AtY(double decade) => Height - Bottom - (decade - _y.First) / (_y.Last - _y.First) * (Height - Top - Bottom);

    private static (double First, double Last) Decades(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return (Math.Floor(Math.Log10(all.Min())), Math.Ceiling(Math.Log10(all.Max())));
    }
}
