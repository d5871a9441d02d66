namespace Megatux.Agents;

/// <summary>What lies where in the folder of an experiment that runs.</summary>
/// <param name="folder">Full path of the folder.</param>
public sealed class RunFolder(string folder)
{
    /// <summary>Where the folders of all experiments are.</summary>
    public const string Parent = "/run/megatux";

    /// <summary>The folder itself.</summary>
    public string Path { get; } = folder;

    /// <summary>The experiment's manifest.</summary>
    public string Manifest => In(Model.Manifest.FileName);

    /// <summary>The nodes that are booted, as a node set; not there when all are.</summary>
    public string Only => In("only");

    /// <summary>The socket that the front-end is asked by.</summary>
    public string Control => In("control");

    /// <summary>The number of the front-end's process.</summary>
    public string Pid => In("pid");

    /// <summary>What the front-end wrote.</summary>
    public string FrontEndLog => In("front-end.log");

    /// <summary>Consoles of hosts.</summary>
    public string Logs => In("log");

    /// <summary>The folder that an image was unpacked to, for all hosts that boot it.</summary>
    /// <param name="files">The files that the image is joined from.</param>
    public string RootOf(IEnumerable<string> files) =>
        System.IO.Path.Combine(In("roots"), string.Join('+', files.Select(System.IO.Path.GetFileName)));

    /// <summary>The kernel of hosts that are whole machines.</summary>
    public string HostKernel => In("vmlinuz-host");

    /// <summary>The joined initramfs of all such hosts that boot it.</summary>
    /// <param name="files">The files that the image is joined from.</param>
    public string InitrdOf(IEnumerable<string> files) => RootOf(files) + ".img";

    /// <summary>Writable layers of hosts.</summary>
    public string Hosts => In("hosts");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
