using System.Globalization;
using System.Xml.Linq;
using Megatux.Epidemic;

namespace Megatux.EndToEnd.Tests;

/// <summary>What a real epidemic is held against: the model, what chance makes of it, and the picture of both.</summary>
public sealed class EpidemicModelTests
{
    // As the experiment has it.
    private static readonly SiModel Model = new(Guests: 500, Initial: 10, Rate: 0.3);

    [Theory]
    [InlineData(0, 500)]
    [InlineData(0.1, 333)]
    public void The_curve_starts_at_the_first_solves_the_equation_and_ends_at_the_most(double loss, int most)
    {
        SiModel model = Model with { Loss = loss };
        Assert.Equal(10, model.At(0), 9);
        Assert.Equal(most, model.At(1000), 0.5);
        Assert.Equal(model.Most / 2, model.At(model.HalfTime), 9);
        const double step = 1e-4;
        for (double second = 0; second < model.EndTime; second += 0.5)
        {
            double marked = model.At(second), slope = (model.At(second + step) - model.At(second - step)) / (2 * step);
            Assert.Equal((model.Rate * marked * (1 - (marked / model.Guests))) - (loss * marked), slope, 4);
        }
    }

    [Fact]
    public void A_delay_is_no_deviation_and_half_as_many_contacts_are()
    {
        var late = new Course([.. Enumerable.Range(0, 60).Select(second => ((double)second, Model.At(second - 4.3)))]);
        Assert.InRange(late.DeviationFrom(Model), 0, 0.002);
        var slow = new Course([.. Enumerable.Range(0, 120).Select(second => ((double)second, (Model with { Rate = 0.15 }).At(second)))]);
        Assert.True(slow.DeviationFrom(Model) > 2 * Chance.Tolerance(Model));
        Assert.Equal(1, new Course([(0, 10), (30, 200)]).DeviationFrom(Model));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void What_chance_explains_covers_other_epidemics_of_the_kind_and_none_that_is_too_slow(double loss)
    {
        SiModel model = Model with { Loss = loss };
        double tolerance = Chance.Tolerance(model);
        Assert.InRange(tolerance, 0.01, 0.1);
        var random = new Random(7);
        Assert.InRange(Enumerable.Range(0, 300).Count(_ => Chance.Play(model, random).DeviationFrom(model) > tolerance), 0, 3);
        Assert.InRange(Enumerable.Range(0, 300).Count(_ => Chance.Play(model with { Rate = 0.2 }, random).DeviationFrom(model) > tolerance), 297, 300);
    }

    [Fact]
    public void The_picture_is_XML_that_holds_the_curve_and_every_count()
    {
        Course course = Chance.Play(Model, new Random(3)).AlignedTo(Model)!;
        var picture = XElement.Parse(Chart.Of(course, Model, 0.03, "a <title> & more").ToString());
        XElement[] all = [.. picture.Descendants()];
        Assert.Contains(all, element => element.Value == "a <title> & more");
        (double X, double Y)[] curve = [.. ((string)all.Single(element => (string?)element.Attribute("id") == "model").Attribute("points")!).Split(' ').Select(Point)];

        // A height of 380 for 500 guests; the zero line is 50 above the picture's lower edge.
        Assert.Equal(10, (430 - curve[0].Y) * 500 / 380, 0.1);
        Assert.Equal(500, (430 - curve[^1].Y) * 500 / 380, 5.0);
        Assert.Equal(course.Points.Count(point => point.Second >= 0 && point.Second <= 30), all.Count(element => element.Name.LocalName == "circle"
            && double.Parse((string)element.Attribute("cx")!, CultureInfo.InvariantCulture) <= XOf(30, curve)), 1.0);
    }

    // The curve's points are evenly spread over the time axis, which ends at 1.2 times the model's end, rounded up to fives.
    private static double XOf(double second, (double X, double Y)[] curve) =>
        curve[0].X + (second / (Math.Ceiling(Model.EndTime * 1.2 / 5) * 5) * (curve[^1].X - curve[0].X));

    private static (double, double) Point(string text)
    {
        string[] parts = text.Split(',');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
