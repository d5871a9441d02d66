namespace Megatux.Testing;

/// <summary>The command as it is published: compiled ahead of time, which is not what it is inside a test.</summary>
public static class PublishedCommand
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>Full path of the program, published now if nobody did before.</summary>
    public static string Path => Found.Value;

    private static string Find()
    {
        string program = Repository.At("artifacts/bin/megatux");
        if (!File.Exists(program))
            Command.Run("dotnet", ["publish", Repository.At("src/Megatux.Cli"), "-c", "Release", "-o", Repository.At("artifacts/bin"),
                "-v", "q", "-nologo", "-nodeReuse:false", "--use-current-runtime"], deadline: TimeSpan.FromMinutes(5)).Succeeded();
        return program;
    }
}
