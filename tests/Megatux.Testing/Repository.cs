namespace Megatux.Testing;

/// <summary>Where things lie in the checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Top folder of the checkout: the one that holds global.json.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of something in the checkout.</summary>
    public static string At(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
                return folder.FullName;
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside a checkout.");
    }
}
