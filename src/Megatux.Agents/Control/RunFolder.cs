using Megatux.Model;

namespace Megatux.Agents;

/// <summary>What lies where in the folder of an experiment that runs.</summary>
/// <param name="folder">Full path of the folder.</param>
public sealed class RunFolder(string folder)
{
    private const string OfRoot = "/run/megatux", RuntimeVariable = "XDG_RUNTIME_DIR", Name = "megatux";

    /// <summary>
    /// Where the folders of this user's experiments are: root's beneath /run; others' in their runtime folder, or where they
    /// have none in a folder of theirs beneath /tmp.
    /// </summary>
    public static string Parent { get; } = Environment.IsPrivilegedProcess ? OfRoot
        : Environment.GetEnvironmentVariable(RuntimeVariable) is { Length: > 0 } own && Directory.Exists(own) ? System.IO.Path.Combine(own, Name)
        : $"/tmp/{Name}-{Environment.UserName}";

    /// <summary>The folder itself.</summary>
    public string Path { get; } = folder;

    /// <summary>The experiment's manifest.</summary>
    public string Manifest => In(Model.Manifest.FileName);

    /// <summary>What is checked of it; not there when its project declares nothing.</summary>
    public string Validation => In(ValidationList.FileName);

    /// <summary>The nodes that are booted, as a node set; not there when all are.</summary>
    public string Only => In("only");

    /// <summary>The socket that the front-end is asked by.</summary>
    public string Control => In("control");

    /// <summary>The key that hosts and front-end know each other by.</summary>
    public string Key => In("key");

    /// <summary>The number of the front-end's process.</summary>
    public string Pid => In("pid");

    /// <summary>What the front-end wrote.</summary>
    public string FrontEndLog => In("front-end.log");

    /// <summary>The socket that jobs are started and followed by.</summary>
    public string Xproc => In("xproc");

    /// <summary>The socket that tells how all nodes are.</summary>
    public string Mon => In("mon");

    /// <summary>The file of reductions that somebody put beside the built-in one.</summary>
    public string Reductions => In("reductions");

    /// <summary>The folder of jobs, with what has come of them.</summary>
    public string Jobs => In("jobs");

    /// <summary>The folder of programs that travel to nodes.</summary>
    public string Programs => In("programs");

    /// <summary>Consoles of hosts.</summary>
    public string Logs => In("log");

    /// <summary>The folder that the front-end's program was unpacked to, beneath its path in the image.</summary>
    public string Agent => In("agent");

    /// <summary>What images were unpacked to. The front-end sees memory of its own there, which is gone with it.</summary>
    public string Roots => In("roots");

    /// <summary>The folder that an image was unpacked to, for all hosts that boot it.</summary>
    /// <param name="files">The files that the image is joined from.</param>
    public string RootOf(IEnumerable<string> files) => System.IO.Path.Combine(Roots, Named(files));

    /// <summary>The kernel of hosts that are whole machines.</summary>
    public string HostKernel => In("vmlinuz-host");

    /// <summary>The joined initramfs of all such hosts that boot it.</summary>
    /// <param name="files">The files that the image is joined from.</param>
    public string InitrdOf(IEnumerable<string> files) => System.IO.Path.Combine(In("images"), Named(files));

    /// <summary>What hosts are, as <see cref="LocalHosts"/> has it.</summary>
    public string Form => In("form");

    /// <summary>The netboot tree that hosts boot from the network: a folder, or a link to one elsewhere.</summary>
    public string Netboot => In("netboot");

    /// <summary>The addresses, or names, that the boot server gives machines by their Ethernet addresses.</summary>
    public string DhcpHosts => In("dhcp-hosts");

    /// <summary>The boot server's leases.</summary>
    public string DhcpLeases => In("dhcp-leases");

    /// <summary>Writable layers of hosts.</summary>
    public string Hosts => In("hosts");

    private static string Named(IEnumerable<string> files) => string.Join('+', files.Select(System.IO.Path.GetFileName));

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
