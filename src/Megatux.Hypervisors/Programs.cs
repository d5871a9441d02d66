namespace Megatux.Hypervisors;

/// <summary>Programs of this machine.</summary>
internal static class Programs
{
    /// <summary>Full path of a program on the PATH (with the system folders that a user's PATH may lack), or null.</summary>
    internal static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
