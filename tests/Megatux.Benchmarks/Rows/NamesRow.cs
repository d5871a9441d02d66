using System.Globalization;
using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Benchmarks;

/// <summary>Names of a million guests, asked for at random.</summary>
internal sealed class NamesRow : Row
{
    private const double Aim = 1.0;
    private const long MemoryAim = 20_000_000;

    // dnsmasq takes as long for the few as the others for the many.
    private const int Many = 300_000, Few = 20_000;

    internal override string Name => "names";

    internal override string About => "dnsperf asking for hyperion's 1,008,640 guests over loopback, ours against dnsmasq (a hosts file) and nsd (a zone file)";

    internal override void Run(Report report, Workshop shop)
    {
        if (!Shell.Has("dnsperf", "dnsperf", report) || !Shell.Has("dig", "bind9-dnsutils", report))
            return;
        string folder = shop.NewFolder("names"), manifest = shop.Built.Manifest("hyperion");
        Experiment plan = Load(manifest);
        string many = Questions(folder, plan, Many), few = Questions(folder, plan, Few);
        (string name, string address) = (plan.GuestName(plan.HostCount - 1, 0), plan.GuestAddress(plan.HostCount - 1, 0).ToString());

        Command.Run("dotnet", ["publish", Repository.At("tests/Megatux.Names.Program"), "-c", "Release", "--use-current-runtime", "-o", folder, "-nologo", "-v", "q"]).Succeeded();
        string port = NameService.FreePort();
        using var ours = new NameService(port, name, address, Path.Combine(folder, "megatux-names"), manifest, $"127.0.0.1:{port}");
        if (Shell.Has("nsd", "nsd", report))
            Compare(report, "nsd", ours, () => Nsd(folder, plan, name, address), many, Many);
        if (Shell.Has("dnsmasq", "dnsmasq-base", report))
            Compare(report, "dnsmasq", ours, () => Dnsmasq(folder, plan, name, address), few, Few);
        report.Add(Comparison.OfBytes("resident after all that", "20 MB", ours.Resident(), MemoryAim, Aim));
    }

    private static void Compare(Report report, string peer, NameService ours, Func<NameService> start, string questions, int count)
    {
        using NameService theirs = start();
        Comparison found = Pairs.Measure($"{count:N0} answers", peer, Aim, new Job(() => ours.AnswerAll(questions)), new Job(() => theirs.AnswerAll(questions)));
        report.Add(found);
        report.Note(string.Create(CultureInfo.InvariantCulture, $"answers a second: ours {count / found.Ours.Median:N0}, {peer} {count / found.Theirs.Median:N0}"));
        report.Add(Comparison.OfBytes("resident", peer, ours.Resident(), theirs.Resident(), Aim));
    }

    private static NameService Nsd(string folder, Experiment plan, string name, string address)
    {
        string zone = Path.Combine(folder, "zone"), settings = Path.Combine(folder, "nsd.conf"), port = NameService.FreePort();
        using (var writer = new StreamWriter(zone))
        {
            writer.WriteLine($"$TTL 300\n. SOA {plan.HostName(0)}. hostmaster. 1 86400 7200 3600000 300\n. NS {plan.HostName(0)}.\n{plan.HostName(0)}. A {plan.HostAddress(0)}");
            ForEachGuest(plan, (guest, where) => writer.WriteLine($"{guest}. A {where}"));
        }

        File.WriteAllText(settings, $"""
            server:
              ip-address: 127.0.0.1@{port}
              server-count: 1
              username: ""
              chroot: ""
              zonesdir: "{folder}"
              pidfile: "{folder}/nsd.pid"
              xfrdfile: "{folder}/xfrd.state"
              zonelistfile: "{folder}/zone.list"
              database: ""
              rrl-ratelimit: 0
            remote-control:
              control-enable: no
            zone:
              name: "."
              zonefile: "zone"

            """);
        return new NameService(port, name, address, "nsd", "-d", "-c", settings);
    }

    private static NameService Dnsmasq(string folder, Experiment plan, string name, string address)
    {
        string hosts = Path.Combine(folder, "hosts"), port = NameService.FreePort();
        using (var writer = new StreamWriter(hosts))
            ForEachGuest(plan, (guest, where) => writer.WriteLine($"{where} {guest}"));
        return new NameService(port, name, address, "dnsmasq", "--keep-in-foreground", $"--port={port}", "--listen-address=127.0.0.1",
            "--bind-interfaces", "--no-resolv", "--no-hosts", $"--addn-hosts={hosts}", "--pid-file=", "--conf-file=/dev/null", "--user=");
    }

    private static void ForEachGuest(Experiment plan, Action<string, IPv4Address> act)
    {
        for (long host = 0; host < plan.HostCount; host++)
            for (int guest = 0; guest < plan.VmsPerHost; guest++)
                act(plan.GuestName(host, guest), plan.GuestAddress(host, guest));
    }

    private static string Questions(string folder, Experiment plan, int count)
    {
        string file = Path.Combine(folder, $"questions-{count}");
        var random = new Random(1);
        using var writer = new StreamWriter(file);
        for (int i = 0; i < count; i++)
        {
            (long host, int guest) = plan.GuestAt(random.NextInt64(plan.GuestCount));
            writer.WriteLine($"{plan.GuestName(host, guest)} A");
        }

        return file;
    }

    private static Experiment Load(string manifest)
    {
        using FileStream stream = File.OpenRead(manifest);
        return Manifest.Read(stream, manifest, EquationCompiler.Instance).Experiment;
    }
}
