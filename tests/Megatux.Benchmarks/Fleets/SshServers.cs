using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>
/// ssh servers in a network of their own, which only those reach who are started in it, with keys that are thrown away.
/// </summary>
internal sealed class SshServers : IDisposable
{
    /// <summary>How many addresses of a network 127.1.N.0/24 are used.</summary>
    private const int Block = 250;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    private readonly ShellLoop _loop;
    private readonly string _settings;

    /// <summary>Starts them, and waits until they listen.</summary>
    /// <param name="shop">Where folders are made.</param>
    /// <param name="report">Where remarks go.</param>
    /// <param name="count">How many.</param>
    /// <param name="programs">A folder with programs that lie over this machine's.</param>
    internal SshServers(Workshop shop, Report report, int count, string programs)
    {
        string keys = shop.NewFolder("keys");
        _settings = Path.Combine(keys, "ssh_config");
        File.WriteAllText(_settings, $"""
            User root
            IdentityFile {keys}/user
            IdentitiesOnly yes
            StrictHostKeyChecking no
            UserKnownHostsFile /dev/null
            LogLevel ERROR

            """);
        Addresses = string.Join(',', Enumerable.Range(0, (count + Block - 1) / Block)
            .Select(block => string.Create(CultureInfo.InvariantCulture, $"127.1.{block}.[1-{Math.Min(Block, count - block * Block)}]")));
        _loop = new ShellLoop(shop, report, count, ShellLoops.Ssh, keys, programs);
        try
        {
            _loop.BringUp();
        }
        catch
        {
            _loop.End();
            throw;
        }
    }

    /// <summary>The process from which all of them come.</summary>
    internal int Root => _loop.Root;

    /// <summary>Their addresses, as clush and pdsh take them.</summary>
    internal string Addresses { get; }

    /// <summary>Runs a command line in their network; ssh finds its keys with <c>-F "$settings"</c>, and pdsh by itself.</summary>
    /// <returns>What it printed.</returns>
    internal string Run(string commandLine) =>
        Command.Run("nsenter", ["--target", $"{Root}", "--net", "--mount", "bash", "-o", "pipefail", "-c", commandLine], deadline: Deadline,
            environment: new Dictionary<string, string?> { ["settings"] = _settings, ["PDSH_RCMD_TYPE"] = "ssh", ["PDSH_SSH_ARGS_APPEND"] = $"-F {_settings}" })
            .Succeeded().Output;

    /// <inheritdoc/>
    public void Dispose() => _loop.End();
}
