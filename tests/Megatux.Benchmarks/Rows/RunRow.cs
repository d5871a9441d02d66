using System.Globalization;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Benchmarks;

/// <summary>A trivial command on many nodes against what people use for that over ssh.</summary>
internal sealed class RunRow : Row
{
    private const int Hosts = 2, Most = 1000;
    private const double PeersAim = 0.05;
    private const int PushedMebibytes = 16;

    // How many nodes, how long a command may take on them, and how often peers, which take minutes, run it.
    private static readonly (int Guests, double SecondsAim, int PeerRounds)[] Sizes = [(100, 0.2, 3), (Most, 1, 1)];

    internal override string Name => "run";

    internal override string About => "a trivial command on guests that are containers, 2 hosts of them, against clush and pdsh on as many sshd over loopback";

    internal override void Run(Report report, Workshop shop)
    {
        using var experiment = BootedExperiment.Of(shop, $"h[0-{Hosts - 1}]", $"""
            <VmsPerHost>{Most / Hosts}</VmsPerHost>
            <Hypervisor>container</Hypervisor>
            """);
        string programs = shop.NewFolder("programs");
        bool hasSsh = Shell.Has("ssh", "openssh-client", report) && UnpackedPackages.Bring(shop, report, programs, "sshd", "openssh-server", "libwrap0");
        bool hasClush = hasSsh && Shell.Has("clush", "clustershell", report);
        bool hasPdsh = hasSsh && UnpackedPackages.Bring(shop, report, programs, "pdsh", "pdsh", "libgenders0");
        foreach ((int guests, double aim, int rounds) in Sizes)
        {
            string nodes = $"vm[0-{guests / Hosts - 1}].h[0-{Hosts - 1}]";
            try
            {
                experiment.Boot(nodes);
                var ours = new Ours(experiment, nodes, guests);
                Alone(report, ours, guests, aim);
                if (hasClush || hasPdsh)
                {
                    using var servers = new SshServers(shop, report, guests, programs);
                    Against(report, ours, servers, guests, rounds, hasClush, hasPdsh, shop.NewFolder("pushed"));
                }
            }
            finally
            {
                experiment.End();
            }
        }
    }

    /// <summary>What ours takes, and how much of it is the command's own start.</summary>
    private static void Alone(Report report, Ours ours, int guests, double aim)
    {
        var start = new Job(ours.ListJobs);
        foreach ((string command, Action run) in ((string, Action)[])[("true", ours.True), ("uname -r", ours.Uname)])
        {
            Comparison found = Pairs.Measure($"{command} on {guests}", "megatux jobs, which runs nothing", aim: null, new Job(run), start);
            report.Add(Comparison.WithLimit(found.What, Unit.Seconds, found.Ours, aim));
            report.Add(found);
            report.Note($"{found.What} without the start of megatux: {Unit.Seconds.Of(Math.Max(0, found.Ours.Median - found.Theirs.Median))}");
        }

        report.Add(Pairs.Measure($"true on {guests}, from a program that runs", "megatux run", aim: null, new Job(ours.TrueWithoutStart), new Job(ours.True)));
    }

    private static void Against(Report report, Ours ours, SshServers servers, int guests, int rounds, bool hasClush, bool hasPdsh, string programs)
    {
        report.Note($"peers: {guests} sshd, each on a loopback address of its own; clush and pdsh as they are set by default, 64 and 32 at a time");
        Compare("true", ours.True, "clush -S -q -o \"-F $settings\" -w ADDRESSES true", "pdsh -S -w ADDRESSES true", _ => { });

        // Folding and copies are runs more for peers that need minutes.
        if (rounds == 1)
            return;
        string pushed = Path.Combine(programs, "pushed");
        Compare($"{PushedMebibytes} MiB pushed", () => ours.Push(pushed), $"clush -S -q -o \"-F $settings\" -w ADDRESSES --copy {pushed} --dest /dev/null", null, _ => { });
        Compare("uname -r", ours.Uname, "clush -S -q -b -o \"-F $settings\" -w ADDRESSES uname -r", "pdsh -S -w ADDRESSES uname -r | dshbak -c",
                said => Expect(said.Split('\n').Count(line => line == ours.Release) == 1, said));

        void Compare(string command, Action run, string clush, string? pdsh, Action<string> check)
        {
            List<Contender> contenders = [new("ours", ours.Root, run)];
            if (hasClush)
                contenders.Add(new Contender("clush", servers.Root, () => check(servers.Run(clush.Replace("ADDRESSES", servers.Addresses, StringComparison.Ordinal)))));
            if (hasPdsh && pdsh is not null)
                contenders.Add(new Contender("pdsh", servers.Root, () => check(servers.Run(pdsh.Replace("ADDRESSES", servers.Addresses, StringComparison.Ordinal)))));
            new CommandTurns(rounds, [.. contenders]).Compare(report, $"{command} on {guests}", PeersAim);
        }
    }

    private static void Expect(bool isSo, string said)
    {
        if (!isSo)
            throw new InvalidOperationException($"not every node has answered as it should:\n{said}");
    }

    /// <summary>Our commands.</summary>
    private sealed class Ours(BootedExperiment experiment, string nodes, int guests)
    {
        private readonly XprocClient _client = experiment.Jobs();
        private readonly NodeSet _nodes = NodeSet.Parse(nodes);

        internal int Root { get; } = experiment.Root;

        /// <summary>What <c>uname -r</c> says on a node.</summary>
        internal string Release { get; } = Shell.Run("uname", ["-r"]).Trim();

        internal void True() => Expect(Ask("run", nodes, "--no-input", "--", "true").Length == 0, "more than nothing");

        // Lines that are alike are shown once within a second: on a machine that is slow it may be two.
        internal void Uname()
        {
            string said = Ask("run", nodes, "--no-input", "--", "uname", "-r");
            string[][] lines = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": "))];
            Expect(lines.All(line => line[1] == Release) && lines.Sum(line => NodeSet.Parse(line[0]).Count) == guests, said);
        }

        // Each time another, so that no host has it already.
        internal void Push(string path)
        {
            byte[] bytes = new byte[PushedMebibytes << 20];
            Random.Shared.NextBytes(bytes);
            File.WriteAllBytes(path, bytes);
            Ask("run", "--with", path, "--no-input", nodes, "--", "true");
        }

        internal void ListJobs() => Ask("jobs");

        internal void TrueWithoutStart()
        {
            JobResult result = Result().GetAwaiter().GetResult();
            Expect(result.Succeeded.Count == guests, result.ToString());
        }

        private async Task<JobResult> Result()
        {
            using XprocJob job = await _client.RunAsync(new JobSpec { Words = ["true"] }, _nodes).ConfigureAwait(false);
            return await job.WaitAsync().ConfigureAwait(false);
        }

        private string Ask(string verb, params string[] words) =>
            Shell.Run(Workshop.Megatux, [verb, "--experiment", experiment.Name, .. words]);
    }
}
