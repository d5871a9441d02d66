namespace Megatux.Epidemic;

/// <summary>
/// Epidemics played out: no two are alike, and the model's curve is what many are on average. What chance alone makes of them says how
/// far a real one may be from the curve.
/// </summary>
internal static class Chance
{
    private const int Runs = 1000;

    /// <summary>The deviation that one epidemic in a thousand exceeds, as a part of all guests.</summary>
    public static double Tolerance(SiModel model)
    {
        var random = new Random(1);
        double[] deviations = [.. Enumerable.Range(0, Runs).Select(_ => Play(model, random).DeviationFrom(model)).Order()];
        return deviations[Runs - 2];
    }

    /// <summary>
    /// One epidemic, event by event (Gillespie, Exact stochastic simulation of coupled chemical reactions, 1977), watched as monitoring
    /// does: each guest says once a second, at a moment of its own, whether it is marked.
    /// </summary>
    public static Course Play(SiModel model, Random random)
    {
        int seconds = (int)Math.Ceiling(2 * model.EndTime);
        int[] changes = new int[seconds + 2];
        changes[0] = model.Initial;
        int marked = model.Initial;
        double time = 0;
        while (marked > 0)
        {
            double marks = model.Rate * marked * (model.Guests - marked) / model.Guests, losses = model.Loss * marked;
            if (marks + losses == 0)
                break;
            time -= Math.Log(1 - random.NextDouble()) / (marks + losses);
            int change = random.NextDouble() * (marks + losses) < marks ? 1 : -1;
            int seen = (int)Math.Ceiling(time + random.NextDouble());
            if (time > seconds)
                break;
            changes[seen] += change;
            marked += change;
        }

        var points = new List<(double, double)>();
        int sum = 0;
        for (int second = 0; second <= seconds; second++)
            points.Add((second, sum += changes[second]));
        return new Course(points);
    }
}
