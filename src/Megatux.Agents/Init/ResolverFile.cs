using Megatux.Model;

namespace Megatux.Agents;

/// <summary>resolv.conf(5) of a node: its host's names service, and the experiment's domain for short names.</summary>
public static class ResolverFile
{
    private const string Path = "/etc/resolv.conf";

    /// <summary>Below it lie the domains of all experiments.</summary>
    public const string ParentDomain = "megatux";

    /// <summary>The domain that an experiment's names lie in, too.</summary>
    public static string DomainOf(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return $"{experiment.Name}.{ParentDomain}";
    }

    /// <summary>Writes the file in this root.</summary>
    public static void Write(Experiment experiment, IPv4Address server)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, $"nameserver {server}\nsearch {DomainOf(experiment)}\n");
    }
}
