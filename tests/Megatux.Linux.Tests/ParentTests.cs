using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux.Tests;

public sealed class ParentTests
{
    [Theory(Timeout = Child.DeadlineMs)]
    [InlineData(Signals.Kill)]
    [InlineData(Signals.Terminate)]
    public async Task Children_their_groups_and_containers_end_with_their_parent_and_those_that_shall_survive_do(int signal)
    {
        (SafeFileHandle reader, SafeFileHandle writer) = Pipe.Create();
        using var text = new StreamReader(new FileStream(reader, FileAccess.Read));
        await using ChildProcess parent = ChildProcess.Start(Helper.As("parent") with { Descriptors = [((SafeHandle)writer, 1)] });
        writer.Dispose();
        var ending = new HashSet<int>();
        int survivor = 0;
        for (string line = await Child.LineAsync(text); line != "ready"; line = await Child.LineAsync(text))
            if (line.StartsWith("survivor ", StringComparison.Ordinal))
                survivor = Number(line["survivor ".Length..]);
            else
                ending.Add(Number(line));
        Assert.InRange(ending.Count, 4, 6);
        Assert.All(ending, pid => Assert.Contains(Child.State(pid), "RSD"));

        parent.Signal(signal);
        await Child.EndAsync(parent);
        foreach (int pid in ending)
            await Child.GoneAsync(pid);
        Assert.Contains(Child.State(survivor), "RSD");
        using var last = System.Diagnostics.Process.GetProcessById(survivor);
        last.Kill(entireProcessTree: true);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task A_first_process_reaps_orphans_and_still_learns_how_its_own_children_ended()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make containers");
        (string output, _) = await Child.RunAsync(Helper.As("first process") with { Container = new ContainerSpec() });
        Assert.Equal($"{string.Join(' ', Enumerable.Range(0, 20))} alone", output);
    }

    [Fact(Timeout = Child.DeadlineMs)]
    public async Task A_machine_is_named_mounted_moved_to_a_new_root_and_switched_off()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make containers");
        string mounts = File.ReadAllText("/proc/self/mountinfo");
        (string output, ExitStatus exit) = await Child.RunAsync(Helper.As("machine") with { Container = new ContainerSpec() });
        Assert.Equal(["of-its-own True True", "True", "0", "True True"], output.Split('\n'));
        Assert.Equal(Signals.Interrupt, exit.Signal);
        Assert.Equal(mounts, File.ReadAllText("/proc/self/mountinfo"));
        Assert.NotEqual("of-its-own", Environment.MachineName);
    }

    [Fact]
    public void A_user_namespace_can_be_tried()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && UserNamespace.IsInitial, "only root surely can make one");
        Assert.True(UserNamespace.CanBeMade());
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
