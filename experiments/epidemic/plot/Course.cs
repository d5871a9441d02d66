namespace Megatux.Epidemic;

/// <summary>How an epidemic went: how many were marked at which second, in order.</summary>
internal sealed record Course(IReadOnlyList<(double Second, double Marked)> Points)
{
    /// <summary>When so many were marked for the first time, between the seconds that were seen; null if they never were.</summary>
    public double? FirstTimeOf(double marked)
    {
        for (int i = 1; i < Points.Count; i++)
        {
            (double before, double from) = Points[i - 1];
            (double after, double to) = Points[i];
            if (from < marked && to >= marked)
                return before + ((after - before) * (marked - from) / (to - from));
        }

        return null;
    }

    /// <summary>
    /// The same course with its seconds counted so that half are marked when the model says. While few are marked, chance decides how
    /// long it takes until they are more, and what is watched is seen a little later than it happens: both move the whole curve along,
    /// and neither changes its form.
    /// </summary>
    /// <returns>Null if half never were marked.</returns>
    public Course? AlignedTo(SiModel model) => FirstTimeOf(model.Most / 2) is { } half
        ? new Course([.. Points.Select(point => (point.Second - half + model.HalfTime, point.Marked))])
        : null;

    /// <summary>
    /// How far the aligned course is from the model: the root of the mean square over the seconds from the start until the model has
    /// nearly all marked, as a part of all guests. 1 where half never were marked.
    /// </summary>
    public double DeviationFrom(SiModel model)
    {
        double[] squares = [.. (AlignedTo(model)?.Points ?? []).Where(point => point.Second >= 0 && point.Second <= model.EndTime)
            .Select(point => Math.Pow((point.Marked - model.At(point.Second)) / model.Guests, 2))];
        return squares.Length == 0 ? 1 : Math.Sqrt(squares.Average());
    }
}
