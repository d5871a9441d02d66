using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Megatux.Epidemic;

// dotnet run --project plot -- REPORTS PICTURE [LOSS]: draws the picture, and says whether the epidemic went as theory has it (exit
// code 0) or not (1). LOSS is how often a guest reboots in a second, where Churn is on.
double loss = 0;
if (args.Length is < 2 or > 3 || (args.Length == 3 && !double.TryParse(args[2], NumberStyles.Float, CultureInfo.InvariantCulture, out loss)))
{
    Console.Error.WriteLine("plot REPORTS PICTURE [LOSS]: REPORTS is what megatux mon --program marked.scm --json wrote, PICTURE an .svg file.");
    return 2;
}

try
{
    if (Reports.Read(File.ReadLines(args[0]), loss) is not (var course, var model))
    {
        Console.Error.WriteLine($"{args[0]}: expected reports from before anybody was marked until all were.");
        return 2;
    }

    if (loss < 0 || loss >= model.Rate)
    {
        Console.Error.WriteLine($"LOSS is {args[2]}: expected less than the {model.Rate} contacts a second of these guests, or the mark dies out.");
        return 2;
    }

    double deviation = course.DeviationFrom(model), tolerance = Chance.Tolerance(model);
    string words = string.Create(CultureInfo.InvariantCulture,
        $"{model.Guests} guests, {model.Initial} marked at first, {model.Rate:0.###} contacts/s: {deviation:P1} from the model, of {tolerance:P1} that chance explains");
    new XDocument(Chart.Of(course.AlignedTo(model) ?? course, model, tolerance, words)).Save(args[1]);
    Console.WriteLine(words);
    return deviation <= tolerance ? 0 : 1;
}
catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
{
    Console.Error.WriteLine($"{args[0]}, {args[1]}: {unusable.Message}");
    return 2;
}
