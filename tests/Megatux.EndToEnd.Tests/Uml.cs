using System.Diagnostics;
using System.Text;

namespace Megatux.EndToEnd.Tests;

/// <summary>Boots images under User Mode Linux (Debian package user-mode-linux).</summary>
internal static class Uml
{
    /// <summary>
    /// Initializers that a guest has no use for; among them are those that do not fit into 32 MB. So it is with 512 old
    /// terminals and 64 serial lines, for each of which the kernel starts a process: on a busy machine they use up all threads.
    /// </summary>
    private const string Skipped = "raid6_select_algo,calibrate_xor_blocks,init_zswap,init_btrfs_fs,init_xfs_fs,init_jfs_fs,ssl_init";

    private const string Kernel = "linux.uml";

    /// <summary>Where the guests' memory lies; it must be a tmpfs that allows execution.</summary>
    private static readonly Dictionary<string, string?> Environment = new() { ["TMPDIR"] = "/dev/shm" };

    /// <summary>What a guest's first fork says now and then when the machine is overloaded: no fault of what is tested.</summary>
    private const string Overload = "can't fork: Resource temporarily unavailable";

    private const int Attempts = 4;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Boots an initramfs until it powers off and returns what the console showed.</summary>
    public static string Boot(string image, string folder, string arguments) => BootToEnd(folder, $"{Initramfs(image)} {arguments}");

    /// <summary>Boots from a file system, with a file for what changes in it, until it powers off and returns what the console showed.</summary>
    public static string BootRoot(string image, string changes, string folder) =>
        BootToEnd(folder, $"ubd0={changes},{image} root=/dev/ubda rootfstype=ext2 rw init=/init");

    private static string BootToEnd(string folder, string arguments)
    {
        for (int attempt = 1; ; attempt++)
        {
            CommandResult result = Command.Run(Setarch(), Words(folder, $"con0=null,fd:1 {arguments}"), deadline: Deadline, environment: Environment);
            if (result.ExitCode == 0 || attempt == Attempts || !result.All.Contains(Overload, StringComparison.Ordinal))
                return result.Succeeded().Output;
        }
    }

    /// <summary>Boots an initramfs, types a text when the console shows the prompt, and returns all that it showed.</summary>
    public static async Task<string> Converse(string image, string folder, string arguments, string prompt, string text)
    {
        var start = new ProcessStartInfo(Setarch(), Words(folder, $"con0=fd:0,fd:1 {Initramfs(image)} {arguments}"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in Environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using var late = new CancellationTokenSource(Deadline);
        var console = new StringBuilder();
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(late.Token);
            char[] part = new char[1024];
            bool typed = false;
            while (await process.StandardOutput.ReadAsync(part, late.Token) is > 0 and int read)
            {
                console.Append(part, 0, read);
                if (typed || !console.ToString().Contains(prompt, StringComparison.Ordinal))
                    continue;
                // A shell drops what was typed before its prompt, so that nothing may come earlier.
                await process.StandardInput.WriteAsync(text.AsMemory(), late.Token);
                await process.StandardInput.FlushAsync(late.Token);
                typed = true;
            }

            await errors;
            return console.ToString();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"no end after {Deadline.TotalSeconds} s:\n{console}");
        }
    }

    private static string Setarch()
    {
        if (Command.Find("setarch") is { } setarch && Command.Find(Kernel) is not null)
            return setarch;
        Assert.Skip($"{Kernel} (package user-mode-linux) or setarch (util-linux) is not installed.");
        return "";
    }

    private static string Initramfs(string image) => $"initrd={image} root=/dev/ram0 rdinit=/init";

    // With its address space at random places, a kernel this small dies now and then before it reaches init: hence -R.
    private static string[] Words(string folder, string arguments) =>
        ["-R", Kernel, $"uml_dir={folder}", "mem=32M", "quiet", "con=null",
            $"initcall_blacklist={Skipped}", "pty.legacy_count=0", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
