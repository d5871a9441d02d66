namespace Megatux.Cli;

/// <summary>What the program was called as: BProc's commands are this one under other names.</summary>
internal static class CommandName
{
    private const string OwnCommandLine = "/proc/self/cmdline";

    /// <summary>The words of the command line, with that of a command whose name the program goes by before them.</summary>
    internal static string[] Resolve(string[] args) =>
        NameOf(File.ReadAllText(OwnCommandLine)) is (BprocCommands.ShellName or BprocCommands.StatesName or BprocCommands.ControlName or CopyCommand.BprocName) and var name
            ? [name, .. args] : args;

    // The runtime follows links to the file itself; only the kernel knows by which name it was asked for.
    private static string NameOf(string commandLine) => Path.GetFileName(commandLine.Split('\0')[0]);
}
