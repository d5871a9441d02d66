using System.Diagnostics;

namespace Megatux.Cli;

/// <summary>The commit that a project was built from.</summary>
/// <param name="Commit">Its name in hexadecimal.</param>
/// <param name="HasChanges">Whether the checkout had changes that no commit holds, new files too.</param>
/// <param name="Repository">Where the repository comes from, without anybody's password; null if that is no URL.</param>
internal sealed record GitCheckout(string Commit, bool HasChanges, string? Repository)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private static readonly string[] PublicSchemes = ["https", "http", "ssh", "git"];

    /// <summary>Asks git about the checkout that a folder lies in; null where it is in none, or git is not here.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="except">Full path of what is written now, whose changes do not count.</param>
    /// <param name="failed">Told why git does not say what a checkout is of.</param>
    internal static GitCheckout? Find(string folder, string except, Action<string> failed)
    {
        if (Ask(folder, _ => { }, "rev-parse", "--show-toplevel") is not { } top)
        {
            if (IsCheckout(folder))
                Ask(folder, failed, "rev-parse", "--show-toplevel");
            return null;
        }

        if (Ask(folder, failed, "rev-parse", "--verify", "HEAD") is not { } commit)
            return null;
        string inside = Path.GetRelativePath(top, except);
        string[] exclude = inside.StartsWith("..", StringComparison.Ordinal) ? [] : ["--", ":/", $":(top,exclude,literal){inside}"];
        if (Ask(folder, failed, ["status", "--porcelain", .. exclude]) is not { } changes)
            return null;
        return new GitCheckout(commit, changes.Length > 0, Public(Ask(folder, _ => { }, "remote", "get-url", "origin")));
    }

    // What a clone was made with may hold a token.
    private static string? Public(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && PublicSchemes.Contains(uri.Scheme)
            ? new UriBuilder(uri) { UserName = "", Password = "", Query = "", Fragment = "" }.Uri.AbsoluteUri : null;

    private static bool IsCheckout(string folder)
    {
        for (DirectoryInfo? here = new(folder); here is not null; here = here.Parent)
            if (Path.Exists(Path.Combine(here.FullName, ".git")))
                return true;
        return false;
    }

    private static string? Ask(string folder, Action<string> failed, params string[] words)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["LC_ALL"] = "C", ["GIT_OPTIONAL_LOCKS"] = "0" },
        };
        try
        {
            using Process git = Process.Start(start)!;
            git.StandardInput.Close();
            Task<string> output = git.StandardOutput.ReadToEndAsync(), error = git.StandardError.ReadToEndAsync();
            if (!git.WaitForExit(Deadline))
            {
                git.Kill(entireProcessTree: true);
                failed($"git {words[0]} did not end");
                return null;
            }

            if (git.ExitCode == 0)
                return output.Result.TrimEnd();
            failed(error.Result.Split('\n')[0]);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            failed(missing.Message);
        }

        return null;
    }
}
