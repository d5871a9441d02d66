namespace Megatux.Simulator;

/// <summary>How the links of a host are now.</summary>
internal sealed class Conditions
{
    /// <summary>A link of a cluster: 1 Gbit/s.</summary>
    internal const double Usual = 125e6;

    internal TimeSpan Late { get; set; }

    internal double BytesPerSecond { get; set; } = Usual;
}
