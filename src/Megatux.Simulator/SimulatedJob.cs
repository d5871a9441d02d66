namespace Megatux.Simulator;

/// <summary>What became of a job.</summary>
/// <param name="Kind">What its processes did.</param>
/// <param name="Program">The program that it brought with it; null if it brought none.</param>
/// <param name="Target">On how many nodes it was started.</param>
/// <param name="Answered">How many of them ended it.</param>
/// <param name="Refused">How many could not start it.</param>
/// <param name="Lost">How many ended before it did, or were not to be reached for too long.</param>
/// <param name="Took">How long it took, on the virtual clock.</param>
public sealed record SimulatedJob(string Kind, string? Program, long Target, long Answered, long Refused, long Lost, TimeSpan Took);
