namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>What is to be simulated is not said, or said wrongly. Write it as the message shows.</summary>
    public const string SimulationUnclear = "MTX3901";
}
