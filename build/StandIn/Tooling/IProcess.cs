namespace Nuke.Common.Tooling;

/// <summary>A program that was started.</summary>
public interface IProcess : IDisposable
{
    /// <summary>The program.</summary>
    string FileName { get; }

    /// <summary>Its arguments, as one line.</summary>
    string Arguments { get; }

    /// <summary>Its exit code, once it has ended.</summary>
    int ExitCode { get; }

    /// <summary>Waits until it has ended and all it printed was passed on.</summary>
    /// <returns>Whether it ended on its own.</returns>
    bool WaitForExit();
}
