namespace Nuke.Common.Tooling;

/// <summary>A program ended with an exit code other than 0.</summary>
/// <param name="process">The program that ended.</param>
public sealed class ProcessException(IProcess process)
    : Exception($"'{process?.FileName} {process?.Arguments}' ended with exit code {process?.ExitCode}");
