namespace Megatux.Linux.Tests;

public sealed class FileSystemStatusTests
{
    [Fact]
    public void A_tmpfs_is_told_from_other_file_systems()
    {
        Assert.True(FileSystemStatus.TryRead("/dev/shm", out FileSystemStatus memory));
        Assert.True(memory.IsTmpfs);
        Assert.InRange(memory.AvailableBytes, 0, new DriveInfo("/dev/shm").TotalSize);
        Assert.True(FileSystemStatus.TryRead("/proc", out FileSystemStatus proc));
        Assert.False(proc.IsTmpfs);
        Assert.Equal(0, proc.AvailableBytes);
    }

    [Fact]
    public void A_mount_that_forbids_execution_says_so()
    {
        if (Environment.UserName != "root")
            Assert.Skip("Mounting needs root.");
        using var folder = new TempFolder();
        // In a mount namespace of its own; this process looks in by /proc, while the namespace's only process waits.
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("unshare",
            ["--mount", "sh", "-c", "mount -t tmpfs -o noexec,size=1m tmpfs \"$1\" && echo ready && read -r end", "sh", folder.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        string inside = $"/proc/{process.Id}/root{folder.Path}";
        bool found = FileSystemStatus.TryRead(inside, out FileSystemStatus status);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.True(found);
        Assert.Equal((true, false, 1L << 20), (status.IsTmpfs, status.AllowsExecution, status.AvailableBytes));
    }

    [Fact]
    public void Nothing_is_read_of_a_path_that_is_not_there() => Assert.False(FileSystemStatus.TryRead("/nowhere/at/all", out _));
}
