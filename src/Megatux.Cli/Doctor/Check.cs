namespace Megatux.Cli;

/// <summary>One thing to find out. It depends on no other, leaves nothing behind and takes a few seconds at most.</summary>
/// <param name="Name">What it is called: lower case, with '-' between words.</param>
/// <param name="IsRequired">True if nothing boots here where it is missing.</param>
/// <param name="Run">Finds it out.</param>
internal sealed record Check(string Name, bool IsRequired, Func<Finding> Run);
