using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux.Tests;

public sealed class ChildProcessTests : IDisposable
{
    // Static: a loader of shared libraries opens descriptors of its own for a moment.
    private static readonly ChildStart Sleeper = new() { Program = "busybox", Arguments = ["sleep", "1000"] };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Child.DeadlineMs)]
    [InlineData("exit 0", 0, 0, 0)]
    [InlineData("exit 213", 213, 0, 213)]
    [InlineData("kill -TERM $$", 0, Signals.Terminate, 143)]
    [InlineData("kill -SEGV $$", 0, 11, 139)]
    public async Task A_child_tells_its_code_or_the_signal_that_ended_it(string script, int code, int signal, int shellCode)
    {
        await using ChildProcess child = ChildProcess.Start(Child.Shell(script) with { Limits = [new(LimitedResource.CoreBytes, 0)] });
        ExitStatus exit = await Child.EndAsync(child);
        Assert.Equal((code, signal, shellCode, code == 0 && signal == 0), (exit.Code, exit.Signal, exit.ShellCode, exit.Succeeded));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task What_a_child_used_is_counted()
    {
        (_, ExitStatus exit) = await Child.RunAsync(Child.Shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"));
        Assert.True(exit.UserTime > TimeSpan.FromMilliseconds(5), $"{exit.UserTime}");
        Assert.True(exit.MaxResidentBytes > 500_000, $"{exit.MaxResidentBytes}");
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task A_child_gets_its_arguments_folder_and_exactly_its_environment()
    {
        (string output, _) = await Child.RunAsync(Child.Shell("pwd; echo \"$0|$1|$2|$#\"; /usr/bin/env", "a b", "ü") with
        {
            WorkingDirectory = _folder.Path,
            Environment = new Dictionary<string, string> { ["NAME"] = "a value=1" },
        });
        Assert.Equal([_folder.Path, "sh|a b|ü|2", "NAME=a value=1", $"PWD={_folder.Path}"], output.Split('\n'));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Added_variables_come_besides_and_in_place_of_others()
    {
        ChildStart start = Child.Shell("echo \"$PATH|$NAME\"") with { AddedEnvironment = new Dictionary<string, string> { ["NAME"] = "added" } };
        (string besidesOurs, _) = await Child.RunAsync(start);
        Assert.Equal($"{Environment.GetEnvironmentVariable("PATH")}|added", besidesOurs);
        (string inPlace, _) = await Child.RunAsync(start with { Environment = new Dictionary<string, string> { ["PATH"] = "/bin", ["NAME"] = "given" } });
        Assert.Equal("/bin|added", inPlace);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Our_environment_is_inherited_and_a_name_is_found_in_PATH()
    {
        _folder.Write("not-to-be-run", "text");
        (string output, ExitStatus exit) = await Child.RunAsync(new ChildStart { Program = "env" });
        Assert.Equal(0, exit.Code);
        Assert.Contains($"PATH={Environment.GetEnvironmentVariable("PATH")}\n", output + "\n", StringComparison.Ordinal);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Descriptors_that_are_not_named_are_the_null_device_and_there_are_no_others()
    {
        using FileStream inheritable = File.Open("/etc/passwd", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Inheritable);
        await using ChildProcess child = ChildProcess.Start(Sleeper);
        Assert.Equal([(0, "/dev/null"), (1, "/dev/null"), (2, "/dev/null")], Child.Descriptors(child.Pid).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Descriptors_have_the_numbers_that_they_are_given_even_where_they_change_places()
    {
        using SafeFileHandle a = File.OpenHandle(_folder.Write("a", "A")), b = File.OpenHandle(_folder.Write("b", "B"));
        int first = (int)a.DangerousGetHandle(), second = (int)b.DangerousGetHandle();
        await using ChildProcess child = ChildProcess.Start(Sleeper with { Descriptors = [(a, second), (b, first), (b, 0), (a, 700)] });
        var expected = new SortedDictionary<int, string>
        {
            [0] = _folder["b"], [1] = "/dev/null", [2] = "/dev/null", [first] = _folder["b"], [second] = _folder["a"], [700] = _folder["a"],
        };
        Assert.Equal(expected, Child.Descriptors(child.Pid));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Children_that_start_at_once_do_not_get_one_anothers_descriptors()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            if (i % 4 == 3)
            {
                using Process other = Process.Start(new ProcessStartInfo("true") { RedirectStandardOutput = true })!;
                await other.WaitForExitAsync(TestContext.Current.CancellationToken);
                return;
            }

            using SafeFileHandle file = File.OpenHandle(_folder.Write($"{i}", "x"));
            await using ChildProcess child = ChildProcess.Start(Sleeper with { Descriptors = [(file, 7)] });
            SortedDictionary<int, string> found = Child.Descriptors(child.Pid);
            Assert.Equal([0, 1, 2, 7], found.Keys);
            Assert.Equal(_folder[$"{i}"], found[7]);
        })));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Three_hundred_children_run_at_once_on_a_handful_of_threads()
    {
        (SafeFileHandle reader, SafeFileHandle writer) = Pipe.Create();
        using SafeFileHandle input = reader;
        int threads = Process.GetCurrentProcess().Threads.Count;
        var children = new ChildProcess[300];
        for (int i = 0; i < children.Length; i++)
            children[i] = ChildProcess.Start(Child.Shell($"read -r line; exit {i % 200}") with { Descriptors = [(input, 0)] });
        Assert.All(children, child => Assert.False(child.Exit.IsCompleted));
        Assert.InRange(Process.GetCurrentProcess().Threads.Count, 1, threads + 20);
        writer.Dispose();
        for (int i = 0; i < children.Length; i++)
        {
            Assert.Equal(i % 200, (await Child.EndAsync(children[i])).Code);
            await children[i].DisposeAsync();
        }
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Children_of_the_runtime_are_left_to_it_and_ours_to_us()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0)
            {
                using Process theirs = Process.Start("/bin/sh", ["-c", $"exit {i}"]);
                await theirs.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.Equal(i, theirs.ExitCode);
            }
            else
            {
                await using ChildProcess ours = ChildProcess.Start(Child.Shell($"exit {i}"));
                Assert.Equal(i, (await Child.EndAsync(ours)).Code);
            }
        })));
    }

    [Theory]
    [InlineData("/absent/program", 2)]
    [InlineData("no-program-has-this-name", 2)]
    [InlineData("/etc/passwd", 13)]
    [InlineData("/etc", 13)]
    public void A_program_that_cannot_run_is_named_with_the_reason(string program, int error)
    {
        Win32Exception refused = Assert.Throws<Win32Exception>(() => ChildProcess.Start(new ChildStart { Program = program }));
        Assert.Equal(error, refused.NativeErrorCode);
        Assert.StartsWith($"{program} cannot be started: it cannot be executed", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Marshal.GetPInvokeErrorMessage(error), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        Win32Exception refused = Assert.Throws<Win32Exception>(
            () => ChildProcess.Start(Child.Shell("exit") with { WorkingDirectory = "/absent/folder" }));
        Assert.Contains("the folder cannot be entered: /absent/folder", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task A_signal_reaches_the_child_and_a_group_signal_its_group_and_none_does_harm_after_the_end()
    {
        (SafeFileHandle reader, SafeFileHandle writer) = Pipe.Create();
        using var text = new StreamReader(new FileStream(reader, FileAccess.Read));
        await using ChildProcess child = ChildProcess.Start(
            Child.Shell("trap 'echo got' TERM; sleep 1000 & echo $!; wait; wait") with { Descriptors = [(writer, 1)] });
        writer.Dispose();
        int inner = int.Parse(await Child.LineAsync(text), CultureInfo.InvariantCulture);
        child.Signal(Signals.Terminate);
        Assert.Equal("got", await Child.LineAsync(text));
        Assert.Contains(Child.State(inner), "RSD");
        child.SignalGroup(Signals.Kill);
        Assert.Equal(Signals.Kill, (await Child.EndAsync(child)).Signal);
        await Child.GoneAsync(inner);
        child.Signal(Signals.Terminate);
        child.SignalGroup(Signals.Terminate);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task What_is_left_of_a_group_ends_with_its_leader_if_so_wished()
    {
        (string inner, _) = await Child.RunAsync(Child.Shell("sleep 1000 <&- >&- 2>&- & echo $!") with { GroupEndsWithIt = true });
        await Child.GoneAsync(int.Parse(inner, CultureInfo.InvariantCulture));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task A_child_leads_a_session_or_a_group_and_starts_with_no_signal_blocked_or_ignored()
    {
        const string Script = "read -r pid name state parent group session rest < /proc/$$/stat; echo $(($pid - $group)) $(($pid - $session))";
        (string own, _) = await Child.RunAsync(Child.Shell(Script) with { NewSession = true });
        Assert.Equal("0 0", own);
        (string group, _) = await Child.RunAsync(Child.Shell(Script));
        Assert.StartsWith("0 ", group, StringComparison.Ordinal);
        Assert.NotEqual("0 0", group);
        (string signals, _) = await Child.RunAsync(new ChildStart { Program = "grep", Arguments = ["-E", "^Sig(Blk|Ign)", "/proc/self/status"] });
        Assert.Equal(["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"], signals.Split('\n'));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Limits_and_fixed_addresses_hold_for_the_child_alone()
    {
        string before = File.ReadAllText("/proc/self/personality");
        (string output, _) = await Child.RunAsync(Child.Shell("ulimit -n; ulimit -c; cat /proc/self/personality") with
        {
            FixedAddresses = true,
            Limits = [new(LimitedResource.Descriptors, 77), new(LimitedResource.CoreBytes, 0)],
        });
        Assert.Equal(["77", "0", "00040000"], output.Split('\n'));
        Assert.Equal(before, File.ReadAllText("/proc/self/personality"));
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task Letting_go_of_a_child_ends_and_reaps_it()
    {
        ChildProcess child = ChildProcess.Start(Child.Shell("sleep 1000; exit 0"));
        child.Dispose();
        Assert.Equal(Signals.Kill, (await Child.EndAsync(child)).Signal);
        Assert.Equal('?', Child.State(child.Pid));
    }
}
