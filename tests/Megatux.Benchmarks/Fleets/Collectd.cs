namespace Megatux.Benchmarks;

/// <summary>A collectd that takes once a second what our agents take, and sends it over loopback to where nobody listens; ended when disposed.</summary>
internal sealed class Collectd : IDisposable
{
    private readonly Process _process;

    private Collectd(Process process) => _process = process;

    /// <summary>Starts it, from its Debian package without its being installed; null where that cannot be had.</summary>
    internal static Collectd? Start(Workshop shop, Report report)
    {
        const string program = "collectd";
        string root = shop.NewFolder(program), settings = Path.Combine(root, "collectd.conf");
        if (!UnpackedPackages.Bring(shop, report, root, program, "collectd-core"))
            return null;
        string installed = Command.Find(program) ?? Path.Combine(root, "usr/sbin", program);
        string at = installed.StartsWith(root, StringComparison.Ordinal) ? root : "";
        File.WriteAllText(settings, $"""
            Interval 1
            BaseDir "{root}"
            PIDFile "{root}/pid"
            PluginDir "{at}/usr/lib/collectd"
            TypesDB "{at}/usr/share/collectd/types.db"
            LoadPlugin cpu
            LoadPlugin load
            LoadPlugin memory
            LoadPlugin interface
            LoadPlugin processes
            LoadPlugin uptime
            LoadPlugin network
            <Plugin network>
              Server "127.0.0.1" "{NameService.FreePort()}"
            </Plugin>

            """);
        var process = Process.Start(new ProcessStartInfo(installed, ["-f", "-C", settings]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Collectd(process);
    }

    /// <summary>Its process.</summary>
    internal int Id => _process.HasExited ? throw new InvalidOperationException($"collectd ended with {_process.ExitCode}") : _process.Id;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
