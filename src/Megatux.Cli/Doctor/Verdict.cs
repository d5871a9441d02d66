namespace Megatux.Cli;

/// <summary>How a fact about this machine is to be taken.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Something does not work or works less well, and most experiments run all the same.</summary>
    Warning,

    /// <summary>Not there, or not usable.</summary>
    Missing,
}
