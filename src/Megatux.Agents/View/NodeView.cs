using Megatux.Equations;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>
/// A node's own view of itself, held against the plan on the node: <c>ok</c>, or a line for each difference. So a million
/// nodes' answers fold into one line. What root of a node has changed it may also hide: see docs/validate.md.
/// </summary>
public static class NodeView
{
    /// <summary>The word that has an agent do this, before the identity of the build.</summary>
    public const string Word = "view";

    /// <summary>What a node says that is as it should be.</summary>
    public const string Ok = "ok";

    private const string ManifestPath = "/etc/megatux/" + Manifest.FileName, FirstWords = "/proc/1/cmdline";

    /// <summary>Looks, and writes what it finds to standard output.</summary>
    /// <param name="image">What the node boots.</param>
    /// <param name="build">What <see cref="ManifestIdentity"/> makes of the build that the node is to be of.</param>
    /// <returns>0 when all is as it should be.</returns>
    public static int Run(ImageKind image, string build)
    {
        ArgumentNullException.ThrowIfNull(build);
        List<string> differences;
        try
        {
            Manifest manifest = Manifest.Parse(File.ReadAllBytes(ManifestPath), ManifestPath, EquationCompiler.Instance);
            differences = Differences(manifest, image, build);
        }
        catch (Exception failure) when (failure is MegatuxException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            differences = [failure.Message.ReplaceLineEndings(" ")];
        }

        foreach (string line in differences.DefaultIfEmpty(Ok))
            FirstProcess.Write(line);
        return differences.Count == 0 ? 0 : 1;
    }

    private static List<string> Differences(Manifest manifest, ImageKind image, string build)
    {
        Experiment plan = manifest.Experiment;
        string? called = OwnName.OfEnvironment;
        Node? node = Told(plan, image) ?? plan.Find(called ?? "");
        if (node is null)
            return ["nobody has told it who it is"];
        if ((image == ImageKind.Host ? ManifestIdentity.OfHost(manifest) : ManifestIdentity.OfGuest(manifest)) != build)
            return ["it was booted from another build of the experiment"];
        var differences = new List<string>();
        if (Hostname.Get() is var name && name != node.Name)
            differences.Add($"hostname is '{name}', expected '{node.Name}'");
        if (called is not null && called != node.Name)
            differences.Add($"its first process calls itself '{called}', expected '{node.Name}'");
        using (NetworkSetup setup = NetworkSetup.Open())
            NetworkView.Compare(plan, node, setup.Links(), [.. setup.Addresses().Select(known => (known.Link, known.Address.ToPlan()!.Value, known.PrefixLength))], differences);
        RouteView.Compare(node, RouteView.Read(), differences);
        NameView.Compare(plan, node, differences);
        return differences;
    }

    /// <summary>The node that whoever launched this machine said it is; null where nobody did, as hosts learn it by DHCP.</summary>
    private static Node? Told(Experiment plan, ImageKind image)
    {
        string[] first = File.ReadAllText(FirstWords).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        BootWords words = BootWords.AreOfContainer(first) ? new BootWords(first) : BootWords.OfKernel();
        if (words.Index is { } index)
            return index >= (image == ImageKind.Host ? plan.HostCount : plan.GuestCount) ? null
                : image == ImageKind.Host ? plan.Host(index) : plan.Guest(plan.GuestAt(index).Host, plan.GuestAt(index).Guest);
        return IPv4Address.TryParse(words.Address?.Split('/')[0], out IPv4Address own) ? plan.Find(own) : plan.Find(words.Node ?? "");
    }
}
