using System.Text;
using Megatux.Equations;

namespace Megatux.Model.Tests;

/// <summary>A manifest as large as they come.</summary>
internal static class Manifests
{
    public static Manifest Of(ExperimentDescription description, int members = 12)
    {
        Experiment experiment = (description with { HostMemory = "32G", HostGateway = "172.31.0.1" }).Resolved();
        return Of(experiment, members);
    }

    public static Manifest Of(Experiment experiment, int members) => new()
    {
        Experiment = experiment,
        Xproc = new XprocSettings(true, "eth0"),
        HostKernel = Kernel("vmlinuz", "6.12.48+deb13-cloud-amd64"),
        GuestKernel = Kernel("linux.uml", "6.12.33"),
        Members = [.. Enumerable.Range(0, members).Select(number => Member(experiment, number))],
    };

    public static string Text(this Manifest manifest) => Encoding.UTF8.GetString(manifest.ToJson());

    public static Manifest Parse(string text) => Manifest.Parse(Encoding.UTF8.GetBytes(text), "bin/experiment.json", EquationCompiler.Instance);

    private static ManifestKernel Kernel(string file, string version) => new() { File = file, Sha256 = Digest(file[0]), Version = version };

    private static ManifestMember Member(Experiment experiment, int number) => new()
    {
        Name = $"guest-overlay-{number}",
        Image = number % 2 == 0 ? ImageKind.Guest : ImageKind.Host,
        Nodes = number == 4 ? experiment.Guests : null,
        File = $"members/guest-overlay-{number}.cpio.gz",
        Size = 123_456_789 + number,
        Sha256 = Digest((char)('a' + number % 6)),
        Compression = (MemberCompression)(number % 3),
    };

    private static string Digest(char digit) => new(char.IsAsciiHexDigitLower(digit) ? digit : '7', 64);
}
