using System.ComponentModel;
using System.Globalization;
using Megatux.Agents;
using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// What serves a netboot tree on the network between hosts of this machine: dnsmasq for DHCP and TFTP, busybox's httpd. Either is
/// started again when it ends; hosts ask again until somebody answers.
/// </summary>
internal sealed class BootServer : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly List<ChildProcess> _running = [];
    private bool _isOver;

    private BootServer()
    {
    }

    /// <summary>Starts to serve.</summary>
    /// <param name="manifest">The experiment, whose plan says what addresses or names its machines get.</param>
    /// <param name="address">The boot server's address, which this machine has.</param>
    /// <param name="files">Where what runs lies.</param>
    internal static BootServer Start(Manifest manifest, string address, RunFolder files)
    {
        File.WriteAllLines(files.DhcpHosts, MachinesOf(manifest));
        var server = new BootServer();
        server.Keep("dnsmasq",
            "--keep-in-foreground", "--user=root", "--group=", "--log-facility=-", "--pid-file=", $"--conf-file={Path.Combine(files.Netboot, OutputNames.Dnsmasq)}",
            $"--interface={PhysicalNetwork.Bridge}", $"--tftp-root={files.Netboot},{PhysicalNetwork.Bridge}",
            $"--dhcp-hostsfile={files.DhcpHosts}", $"--dhcp-leasefile={files.DhcpLeases}");
        server.Keep("busybox", "httpd", "-f", "-p", $"{address}:80", "-h", files.Netboot);
        return server;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_running)
        {
            _isOver = true;
            foreach (ChildProcess child in _running)
                child.Dispose();
        }
    }

    // Which machine is which, as the leases of a cluster know it that was booted before. It is of this machine's hosts alone, each of
    // which is a process of an emulator; what is deployed has no line a node.
    private static IEnumerable<string> MachinesOf(Manifest manifest)
    {
        Experiment experiment = manifest.Experiment;
        if (experiment.HostIdentity == HostIdentity.Address)
        {
            for (long host = 0; host < experiment.HostCount; host++)
                yield return $"{experiment.Host(host).Mac},{experiment.HostAddress(host)}";
            yield break;
        }

        // Of machines that are known by their names, nobody else can say which class they are of.
        IReadOnlyList<HostClass> classes = HostClass.Of(manifest);
        for (long host = 0; host < experiment.HostCount; host++)
        {
            string name = experiment.HostName(host);
            yield return $"{experiment.Host(host).Mac},{(classes.FirstOrDefault(one => one.Nodes.Contains(name)) is { } own ? $"set:{own.Name}," : "")}{name}";
        }
    }

    private void Keep(string program, params string[] arguments)
    {
        string path = Programs.Find(program) ?? throw new MegatuxException(ErrorCodes.BootServerMissing, $"{program} is not on the PATH.");
        new Thread(() =>
        {
            while (Run(path, arguments) is { } code)
            {
                FirstProcess.Say(string.Create(CultureInfo.InvariantCulture, $"{program} ended with exit code {code}, and is started again"));
                Thread.Sleep(Pause);
            }
        })
        {
            IsBackground = true,
        }.Start();
    }

    private int? Run(string path, string[] arguments)
    {
        ChildProcess child;
        lock (_running)
        {
            if (_isOver)
                return null;
            try
            {
                child = ChildProcess.Start(new ChildStart { Program = path, Arguments = arguments, Descriptors = StandardDescriptors.Outputs(), NewSession = true });
            }
            catch (Exception refused) when (refused is Win32Exception or IOException)
            {
                FirstProcess.Say($"{path} cannot be started: {refused.Message}");
                return -1;
            }

            _running.Add(child);
        }

        int code = child.Exit.GetAwaiter().GetResult().ShellCode;
        lock (_running)
        {
            _running.Remove(child);
            child.Dispose();
            return _isOver ? null : code;
        }
    }
}
