namespace Megatux.Build.Tests;

/// <summary>Makes programs out of a few lines of shell.</summary>
internal static class Scripts
{
    public static string Write(TempFolder folder, string name, string lines)
    {
        string program = Install(folder.Write($"{name}.text", $"#!/bin/bash\n{lines}\n"), folder[name]);
        File.Delete(folder[$"{name}.text"]);
        return program;
    }

    /// <summary>
    /// Copies a program. Another process does so: a program that this one has open for writing would, for a moment,
    /// be open in every child that another test starts just then, and Linux runs no program that is being written.
    /// </summary>
    public static string Install(string source, string target)
    {
        Command.Run("install", ["-m", "755", source, target]).Succeeded();
        return target;
    }
}
