using System.Globalization;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.EndToEnd.Tests;

/// <summary>A small experiment with a hypervisor of the test's choice, and the commands that run it on this machine.</summary>
internal sealed class LocalExperiment : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4), Patience = TimeSpan.FromMinutes(1);

    private readonly string _nodes;

    /// <summary>Builds it: two hosts of three guests; one overlay for all guests, one for the first of the second host.</summary>
    /// <param name="hypervisor">What runs the guests.</param>
    /// <param name="properties">More properties, as XML.</param>
    /// <param name="hosts">The hosts, h8 among them.</param>
    /// <param name="guests">Guests on each host.</param>
    /// <param name="items">More items, as XML.</param>
    /// <param name="programs">More files, which may be executed, by their paths beside the project.</param>
    internal LocalExperiment(
        string hypervisor, string properties = "", string hosts = "h[7-8]", int guests = 3, string items = "", params (string Path, string Text)[] programs)
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("only root can make namespaces, bridges and taps");
        _nodes = NodeSet.Parse($"{hosts},vm[0-{guests - 1}].{hosts}").ToString();
        Experiment = new TestExperiment($"""
            <Project Sdk="Megatux.Sdk">
              <PropertyGroup>
                <VmsPerHost>{guests}</VmsPerHost>
                <VmNetmask>255.255.255.0</VmNetmask>
                <VmMemory>{(hypervisor == "qemu" ? 96 : 40)}M</VmMemory>
                <Hypervisor>{hypervisor}</Hypervisor>{properties}
              </PropertyGroup>
              <ItemGroup>
                <PhysicalHosts Include="{hosts}" />
                <GuestOverlay Include="all" />
                <GuestOverlay Include="one" Nodes="vm0.h8" />{items}
              </ItemGroup>
            </Project>
            """, Name);
        Experiment.Write("all/etc/everywhere", "yes\n");
        Experiment.Write("one/etc/only-here", "yes\n");
        foreach ((string path, string text) in programs.Append(("all/etc/megatux/run.d/10-mark", "#!/bin/sh\necho \"$MEGATUX_NODE\" >/tmp/ran\n")))
            File.SetUnixFileMode(Experiment.Write(path, text), (UnixFileMode)0b111_101_101);
        Experiment.BuildWell();
    }

    /// <summary>The experiment.</summary>
    internal TestExperiment Experiment { get; }

    /// <summary>Its name.</summary>
    internal string Name { get; } = $"local{Environment.ProcessId}-{Guid.NewGuid():N}"[..16];

    /// <summary>The address of the front-end in the hosts' network.</summary>
    internal static string Master => "172.31.255.254";

    /// <summary>The folder of what runs.</summary>
    internal string RunFolder => $"/run/megatux/{Name}";

    /// <summary>Runs the command.</summary>
    internal static CommandResult Megatux(params string[] arguments) =>
        Command.Run(PublishedCommand.Path, arguments, deadline: Deadline);

    /// <summary>Runs the command where the machine is another one, as far as mounts go.</summary>
    /// <param name="change">A shell command that mounts; it is undone with the command's end.</param>
    /// <param name="arguments">Those of the command.</param>
    internal static CommandResult Within(string change, params string[] arguments) =>
        Command.Run("unshare", ["--mount", "sh", "-c", $"{change} && exec \"$@\"", "sh", PublishedCommand.Path, .. arguments], deadline: Deadline);

    /// <summary>
    /// Runs the command on a terminal of its own, and returns what came there. Signals do what they do by default: tests that
    /// were started in the background have them ignored, and so would what they start.
    /// </summary>
    /// <param name="terminal">What kind of terminal it is, as TERM says it.</param>
    /// <param name="keys">A shell command that writes what is typed.</param>
    /// <param name="arguments">Words without blanks.</param>
    internal static CommandResult OnTerminal(string terminal, string keys, params string[] arguments) =>
        Command.Run("sh", ["-c", $"{keys} | script -qec \"$0\" /dev/null", string.Join(' ', ["env", "--default-signal=INT,HUP,TERM", PublishedCommand.Path, .. arguments])],
            deadline: Deadline, environment: new Dictionary<string, string?> { ["TERM"] = terminal, ["NO_COLOR"] = null });

    /// <summary>Boots it and waits until all nodes are up.</summary>
    internal CommandResult Boot(params string[] options) => Megatux(["boot", Experiment.ProjectFile, "--timeout", "200", .. options]);

    /// <summary>Waits until all of its nodes can be given work: for their launchers they are up before their hosts have found their places in the tree.</summary>
    internal void AwaitTree() => Assert.True(SpinWait.SpinUntil(() =>
    {
        CommandResult asked = Ask("stat", "--json");
        return asked.ExitCode == 0 && asked.Output.Contains($"\"{_nodes}\"", StringComparison.Ordinal);
    }, Patience), "no tree");

    /// <summary>Runs a command on nodes.</summary>
    internal CommandResult Run(string nodes, params string[] command) => Job(["run", "--no-input", nodes, "--", .. command]);

    /// <summary>A command about jobs, the options of which go before the words that nodes run.</summary>
    internal CommandResult Job(params string[] words) => Megatux([words[0], "--experiment", Name, .. words[1..]]);

    /// <summary>Ends it.</summary>
    internal CommandResult Halt() => Megatux("halt", Name);

    /// <summary>Ends it if it runs, or did.</summary>
    internal void End()
    {
        if (Directory.Exists(RunFolder))
            Halt();
    }

    /// <summary>A command about it.</summary>
    internal CommandResult Ask(params string[] arguments) => Megatux([.. arguments, "--experiment", Name]);

    /// <summary>How the nodes are, in JSON.</summary>
    internal string Status() => Megatux("status", "--experiment", Name, "--json").Succeeded().Output;

    /// <summary>The processes of its tree that live: the root's, and one of each host. Other experiments have such, too.</summary>
    internal IEnumerable<int> TreeDaemons()
    {
        int frontEnd = FrontEnd;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out int process) && Descends(process, frontEnd)
                && Read(process, "cmdline").StartsWith("/proc/self/exe\0tree\0", StringComparison.Ordinal))
                yield return process;
    }

    /// <summary>The process that a host consists in, where hosts are containers: the launcher of its guests.</summary>
    internal int HostProcess(string host) =>
        int.Parse(Command.Run("sh", ["-c", $"ps -o pid=,args= --ppid {FrontEnd} | grep 'megatux.node={host} ' | awk '{{print $1}}'"]).Succeeded().Output, CultureInfo.InvariantCulture);

    /// <summary>The process of the tree at a host.</summary>
    internal int TreeDaemonOf(string host)
    {
        int process = HostProcess(host);
        return TreeDaemons().Single(daemon => Descends(daemon, process));
    }

    /// <summary>Its root, as a program watches its nodes.</summary>
    internal MonitorClient Monitor() => MonitorClient.Connect(Path.Combine(RunFolder, "mon"));

    /// <summary>Runs a command in a namespace of the front-end.</summary>
    /// <param name="kind">Which, as nsenter has it: --net.</param>
    /// <param name="words">The command.</param>
    internal CommandResult InFrontEnd(string kind, params string[] words) =>
        Command.Run("nsenter", ["--target", $"{FrontEnd}", kind, .. words], deadline: Deadline);

    private int FrontEnd => int.Parse(File.ReadAllText(Path.Combine(RunFolder, "pid")).Split(' ')[0], CultureInfo.InvariantCulture);

    // The fourth field of stat (proc(5)), of which the second may hold blanks, but no bracket after its own.
    private static bool Descends(int process, int from) => process == from
        || Read(process, "stat") is { Length: > 0 } stat && int.TryParse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[2], out int parent) && parent > 1 && Descends(parent, from);

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    /// <summary>What a command in a node writes.</summary>
    internal CommandResult In(string node, string command) => Megatux("exec", node, "--experiment", Name, "--", command);

    /// <summary>Kills the daemons of its tree, the root among them, one after the other.</summary>
    /// <param name="pause">How long to wait after each.</param>
    internal void KillTreeDaemons(TimeSpan pause)
    {
        int[] daemons = [.. TreeDaemons()];
        Assert.NotEmpty(daemons);
        foreach (int daemon in daemons)
        {
            Command.Run("kill", ["-9", $"{daemon}"]);
            Thread.Sleep(pause);
        }
    }

    /// <summary>What there is on this machine that an experiment could leave: processes, links, mounts, namespaces, files.</summary>
    internal static string Traces() => Command.Run("sh", ["-c", """
        ps -eo stat,args | grep -v '^Z' | grep -oE '[/]sbin/megatuxd|qemu-system-x86_6[4]|/megatux/guest/[l]inux-guest|[/]sbin/megatux-guest' | sort
        ip -o link | cut -d: -f2 | sort
        grep -E 'megatux|overlay' /proc/mounts | sort
        lsns -n -o TYPE 2>/dev/null | sort | uniq -c
        ls /run/megatux /dev/shm 2>&1
        true
        """]).Succeeded().Output;

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        Experiment.Dispose();
    }
}
