namespace Megatux.Epidemic;

/// <summary>
/// The SI model: each marked guest makes contacts at a rate, with guests picked at random, and a contact with an unmarked one marks it.
/// Of many guests I are marked after t seconds, dI/dt = rate I (1 - I/N) - loss I. Its solution is the logistic curve; where guests
/// lose their marks by rebooting (loss above 0, the SIS model) it ends at fewer than all.
/// </summary>
/// <param name="Guests">How many there are: N.</param>
/// <param name="Initial">How many are marked at first.</param>
/// <param name="Rate">Contacts of a marked guest in a second.</param>
/// <param name="Loss">How often a guest reboots in a second; less than the rate.</param>
internal sealed record SiModel(int Guests, int Initial, double Rate, double Loss = 0)
{
    /// <summary>How fast the first few become more: by e times in the reciprocal of it, in seconds.</summary>
    public double Growth => Rate - Loss;

    /// <summary>How many are marked in the end.</summary>
    public double Most => Guests * (1 - (Loss / Rate));

    /// <summary>Seconds until half of those are.</summary>
    public double HalfTime => TimeOf(0.5);

    /// <summary>Seconds until nearly all of those are.</summary>
    public double EndTime => TimeOf(0.99);

    /// <summary>How many are marked after so many seconds.</summary>
    public double At(double seconds) => Most / (1 + (((Most / Initial) - 1) * Math.Exp(-Growth * seconds)));

    // At(t) = part Most, solved for t.
    private double TimeOf(double part) => Math.Log(((Most / Initial) - 1) * part / (1 - part)) / Growth;
}
