using System.CommandLine;
using System.Globalization;
using Megatux.Imaging;
using Megatux.Model;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

/// <summary><c>megatux deploy</c>.</summary>
internal static class DeployCommand
{
    private const int UsuallyKept = 5;
    private const double UsualTimeout = 300;
    private const string DebianFirmware = "/usr/lib/ipxe";
    private static readonly string[] Firmware = ["undionly.kpxe", "ipxe.efi"];

    internal static Command Create()
    {
        var experiment = new Argument<string?>("EXPERIMENT") { Arity = ArgumentArity.ZeroOrOne, Description = "A built experiment: its .megatux file, the folder of that, or an experiment.json." };
        var to = new Option<string>("--to") { HelpName = "DIR", Required = true, Description = "The netboot tree, which boot servers serve by TFTP and HTTP: made by this command, or a folder that is empty or new." };
        var list = new Option<bool>("--list") { Description = "Show the deployments of the tree, and which one machines boot." };
        var rollback = new Option<int?>("--rollback") { HelpName = "N", Arity = ArgumentArity.ZeroOrOne, Description = "Have machines boot an earlier deployment again: number N, or the one before the present one." };
        var keep = new Option<int>("--keep") { HelpName = "N", DefaultValueFactory = _ => UsuallyKept, Description = "How many deployments are kept." };
        var firmware = new Option<string>("--firmware") { HelpName = "DIR", DefaultValueFactory = _ => DebianFirmware, Description = "Where iPXE is for machines that have none of their own (Debian's package ipxe)." };
        var master = new Option<string?>("--master") { HelpName = "ADDRESS", Description = "The address of the machine that controls the hosts, which they call once they are up: the boot server's, unless it is given." };
        var kexec = new Option<string?>("--kexec") { HelpName = "SET", Description = "Have these hosts, which run, go on with the deployment's kernel and image at once. Their guests start anew." };
        var timeout = new Option<double>("--timeout") { HelpName = "SECONDS", DefaultValueFactory = _ => UsualTimeout, Description = "How long they may take to come up again." };
        return Of("deploy", """
            Put an experiment where machines boot it over the network. Machines go on booting the old deployment until the new
            one is whole; then all boot the new one. Earlier ones are kept by number, for --rollback.
            The boot server: dnsmasq --conf-file=DIR/dnsmasq.conf --tftp-root=DIR, and any HTTP server for DIR at its address.
            Example: megatux deploy experiments/hyperion --to /srv/netboot
            Example: megatux deploy --to /srv/netboot --rollback
            Example: megatux deploy experiments/hyperion --to /srv/netboot --kexec hosts
            """, [experiment, to, list, rollback, keep, firmware, master, kexec, timeout], result =>
        {
            TextWriter output = result.InvocationConfiguration.Output;
            bool isRollback = result.GetResult(rollback) is not null, isList = result.GetValue(list);
            string? path = result.GetValue(experiment), hosts = result.GetValue(kexec);
            int asked = (path is null ? 0 : 1) + (isRollback ? 1 : 0) + (isList ? 1 : 0);
            if (asked > 1 || (asked == 0 && hosts is null) || (isList && hosts is not null))
                throw new MegatuxException(ErrorCodes.DeployOption, "Name an experiment to deploy, or --rollback, or --list: one of them, and no two. --kexec stands alone, or with one of the first two.");
            if (result.GetValue(keep) < 1)
                throw new MegatuxException(ErrorCodes.DeployOption, $"--keep {result.GetValue(keep)}: expected how many deployments are kept, from 1.");
            using NetbootTree tree = NetbootTree.Open(result.GetValue(to)!, mayCreate: path is not null);
            if (isList)
                List(tree, output);
            else if (isRollback)
                Rollback(tree, result.GetValue(rollback), output);
            else if (path is not null)
                Deploy(tree, ExperimentFile.Find(path!), result.GetValue(keep), result.GetValue(firmware)!, AddressIn(result.GetValue(master)), output, result.InvocationConfiguration.Error);
            if (hosts is null)
                return 0;
            int booted = tree.Booted ?? throw new MegatuxException(ErrorCodes.DeploymentUnknown, $"{tree.Folder} has no deployment yet.");
            return new Rollout(tree.FolderOf(booted), output, result.InvocationConfiguration.Error).Run(hosts, TimeSpan.FromSeconds(result.GetValue(timeout)));
        });
    }

    private static void Deploy(NetbootTree tree, ExperimentFile file, int keep, string firmware, IPv4Address? master, TextWriter output, TextWriter error)
    {
        Manifest manifest = file.Load();
        foreach (string name in Firmware)
        {
            string path = Path.Combine(firmware, name);
            if (File.Exists(path))
                tree.Put(name, path);
            else if (!File.Exists(Path.Combine(tree.Folder, name)))
                error.WriteLine($"note: {path} is not there: machines without an iPXE of their own do not boot. Install the package ipxe, or name its folder with --firmware.");
        }

        int number = tree.Deploy(manifest, file.ManifestPath, master);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{manifest.Experiment.Name} is deployment {number} of {tree.Folder}: {manifest.Experiment.HostCount} hosts boot it from now on."));
        IReadOnlyList<int> removed = tree.Prune(keep);
        if (removed.Count > 0)
            output.WriteLine($"Removed: {string.Join(", ", removed)}.");
    }

    private static IPv4Address? AddressIn(string? text) => text is null ? null : IPv4Address.TryParse(text, out IPv4Address address) ? address
        : throw new MegatuxException(ErrorCodes.DeployOption, $"--master {text}: expected an address such as 172.31.0.1.");

    private static void Rollback(NetbootTree tree, int? wanted, TextWriter output)
    {
        int number = wanted ?? tree.Numbers.LastOrDefault(number => number < tree.Booted);
        if (wanted is null && number == 0)
            throw new MegatuxException(ErrorCodes.DeploymentUnknown, $"{tree.Folder} has no deployment before {(tree.Booted is { } booted ? $"{booted}" : "its first")}.");
        tree.Switch(number);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Machines boot deployment {number} of {tree.Folder} from now on."));
    }

    // One that cannot be read can still be booted, and rolled back to.
    private static string NameOf(string deployment)
    {
        try
        {
            return ExperimentFile.Find(deployment).Load().Experiment.Name;
        }
        catch (MegatuxException)
        {
            return "?";
        }
    }

    private static void List(NetbootTree tree, TextWriter output)
    {
        foreach (int number in tree.Numbers)
        {
            string folder = tree.FolderOf(number);
            long size = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(number == tree.Booted ? '*' : ' ')} {number,4}  {NameOf(folder)}  {Sizes.Of(size)}  {Directory.GetCreationTime(folder):yyyy-MM-dd HH:mm}"));
        }
    }
}
