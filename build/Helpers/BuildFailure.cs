namespace Megatux.Building;

/// <summary>A target failed for a reason that its message tells in full.</summary>
internal sealed class BuildFailure(string message) : Exception(message);
