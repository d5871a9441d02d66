namespace Nuke.Common.Execution;

/// <summary>The build as described or as called makes no sense; the message is for the person who typed it.</summary>
internal sealed class BuildException(string message) : Exception(message);
