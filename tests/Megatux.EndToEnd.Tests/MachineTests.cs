using Megatux.Hypervisors;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>What a machine's process is given and what becomes of it; UML runs any program as a kernel, here shell scripts.</summary>
public sealed class MachineTests : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_console_is_both_outputs_line_by_line_and_the_exit_code_is_the_machines()
    {
        await using Machine machine = Start("echo one; echo two >&2; printf 'three\\r\\n\\nfive'; exit 7");
        Assert.Equal(["one", "two", "three", "", "five"], await ReadToEnd(machine));
        Assert.Equal(7, await machine.Exit);
    }

    [Fact]
    public async Task A_line_without_end_is_cut()
    {
        await using Machine machine = Start("head -c 10000 /dev/zero | tr '\\0' x");
        Assert.Equal([4096, 4096, 1808], (await ReadToEnd(machine)).Select(line => line.Length));
    }

    [Fact]
    public async Task What_is_no_text_does_no_harm()
    {
        await using Machine machine = Start("printf '\\377\\376\\000a\\n'; echo b");
        Assert.Equal(["\uFFFD\uFFFD\0a", "b"], await ReadToEnd(machine));
    }

    [Fact]
    public async Task Processes_that_outlive_the_machines_first_end_with_it()
    {
        await using Machine machine = Start("(sleep 1000; echo late) & (trap '' TERM HUP INT; sleep 1000; echo later) & echo early");
        Assert.Equal(["early"], await ReadToEnd(machine));
    }

    [Fact]
    public async Task A_machine_that_is_killed_before_it_has_begun_ends_too()
    {
        await using Machine machine = Start("sleep 1000; echo late");
        machine.Kill();
        machine.Kill();
        Assert.DoesNotContain("late", await ReadToEnd(machine));
        Assert.Equal(137, await machine.Exit.WaitAsync(Deadline, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_machine_has_fixed_addresses_a_memory_folder_no_input_and_no_core()
    {
        await using Machine machine = Start("cat /proc/self/personality; echo \"$TMPDIR\"; readlink /proc/self/fd/0; ulimit -c; [ -e /proc/$$/fd/3 ] || echo no lifeline; echo \"$@\"");
        string[] lines = await ReadToEnd(machine);
        Assert.Equal(["00040000", "/dev/shm", "/dev/null", "0", "no lifeline"], lines[..5]);
        Assert.Contains("mem=1M", lines[5], StringComparison.Ordinal);
        Assert.EndsWith(" first second", lines[5], StringComparison.Ordinal);

        // Other threads start their programs as before.
        Assert.NotEqual("00040000\n", Command.Run("cat /proc/self/personality").Succeeded().Output);
    }

    [Fact]
    public void A_kernel_that_is_no_program_is_refused()
    {
        MegatuxException refused = Assert.Throws<MegatuxException>(() => Start("", mode: UnixFileMode.UserRead));
        Assert.Equal(ErrorCodes.MachineNotStarted, refused.Problem.Code);
        Assert.StartsWith("script cannot be started: ", refused.Message, StringComparison.Ordinal);
    }

    private Machine Start(string script, UnixFileMode mode = Executable)
    {
        string kernel = _folder.Write("kernel", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(kernel, mode);
        return new Hypervisors.Uml().Launch(new MachineSpec
        {
            Name = "script",
            Kernel = kernel,
            Initrd = _folder.Write("initrd", ""),
            MemoryMiB = 1,
            CommandLine = ["first", "second"],
            Folder = _folder.Path,
        });
    }

    private static async Task<string[]> ReadToEnd(Machine machine)
    {
        using var late = new CancellationTokenSource(Deadline);
        using CancellationTokenRegistration kill = late.Token.Register(machine.Kill);
        var lines = new List<string>();
        await foreach (string line in machine.ReadConsoleAsync())
            lines.Add(line);
        Assert.False(late.IsCancellationRequested, "the machine did not end");
        return [.. lines];
    }
}
