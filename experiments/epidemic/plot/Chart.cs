using System.Globalization;
using System.Xml.Linq;

namespace Megatux.Epidemic;

/// <summary>The picture: what was counted, the model's curve, and how far from it chance alone may be.</summary>
internal static class Chart
{
    private const double Width = 800, Height = 480, Left = 60, Right = 20, Top = 50, Bottom = 50;
    private const int Steps = 5;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws it.</summary>
    /// <param name="course">What was counted, aligned to the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="tolerance">Half the height of the band around the curve, as a part of all guests.</param>
    /// <param name="title">What stands above.</param>
    public static XElement Of(Course course, SiModel model, double tolerance, string title)
    {
        double end = Math.Ceiling(model.EndTime * 1.2 / Steps) * Steps;
        double X(double second) => Left + (second / end * (Width - Left - Right));
        double Y(double marked) => Height - Bottom - (Math.Clamp(marked / model.Guests, 0, 1) * (Height - Top - Bottom));
        string Path(IEnumerable<(double Second, double Marked)> points) => string.Join(' ', points.Select(point => $"{Number(X(point.Second))},{Number(Y(point.Marked))}"));

        (double, double)[] curve = [.. Enumerable.Range(0, 201).Select(i => i * end / 200).Select(second => (second, model.At(second)))];
        IEnumerable<(double, double)> Moved(double by) => curve.Select(point => (point.Item1, point.Item2 + (by * model.Guests)));
        var picture = new XElement(Svg + "svg", new XAttribute("viewBox", $"0 0 {Number(Width)} {Number(Height)}"), new XAttribute("font-family", "sans-serif"), new XAttribute("font-size", 13),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "white")),
            Text(Left, Top / 2, title, "start"),
            new XElement(Svg + "polygon", new XAttribute("points", Path([.. Moved(tolerance), .. Moved(-tolerance).Reverse()])), new XAttribute("fill", "#dde8f5")),
            new XElement(Svg + "polyline", new XAttribute("id", "model"), new XAttribute("points", Path(curve)), new XAttribute("fill", "none"), new XAttribute("stroke", "#1f5fa8"), new XAttribute("stroke-width", 2)),
            new XElement(Svg + "g", new XAttribute("id", "counted"), new XAttribute("fill", "#c0392b"), course.Points.Where(point => point.Second >= 0 && point.Second <= end)
                .Select(point => new XElement(Svg + "circle", new XAttribute("cx", Number(X(point.Second))), new XAttribute("cy", Number(Y(point.Marked))), new XAttribute("r", 3)))));
        for (int step = 0; step <= Steps; step++)
        {
            double second = end * step / Steps, marked = model.Guests * (double)step / Steps;
            picture.Add(Line(X(0), Y(marked), X(end), Y(marked)), Text(Left - 8, Y(marked) + 4, Number(marked), "end"), Text(X(second), Height - Bottom + 20, Number(second), "middle"));
        }

        picture.Add(Line(X(0), Y(0), X(0), Y(model.Guests)), Text((Left + Width - Right) / 2, Height - 10, "seconds; dots: guests that said they were marked; line: the model; band: the tolerance", "middle"));
        return picture;
    }

    private static XElement Line(double x1, double y1, double x2, double y2) => new(Svg + "line",
        new XAttribute("x1", Number(x1)), new XAttribute("y1", Number(y1)), new XAttribute("x2", Number(x2)), new XAttribute("y2", Number(y2)), new XAttribute("stroke", "#00000030"));

    private static XElement Text(double x, double y, string text, string anchor) =>
        new(Svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("text-anchor", anchor), text);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
