namespace Megatux.Build.Tests;

/// <summary>Makes programs out of a few lines of shell.</summary>
internal static class Scripts
{
    public static string Write(TempFolder folder, string name, string lines)
    {
        string path = folder.Write(name, $"#!/bin/bash\n{lines}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
