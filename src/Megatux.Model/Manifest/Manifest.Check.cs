namespace Megatux.Model;

// What must hold for a manifest: agents act on it without asking anybody else.
public partial class Manifest
{
    private const int MaxText = 128;
    private const int MaxPath = 4096;
    private const int Sha256Digits = 64;

    /// <summary>All that is wrong with the manifest, its experiment included; empty if it can be used.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>(Experiment.Check());
        bool planned = problems.Count == 0;
        problems.AddRange(Xproc.Check());
        problems.AddRange(Pushmon.Check());
        CheckKernel("host", HostKernel, problems);
        CheckKernel("guest", GuestKernel, problems);
        var names = new HashSet<string>();
        foreach (ManifestMember member in Members)
        {
            CheckMember(member, problems);
            if (!names.Add(member.Name))
                problems.Add(Invalid($"there are two members '{Wording.Shorten(member.Name)}'; each needs a name of its own"));
            if (planned && member.Nodes is { } nodes && Experiment.CheckNodes(nodes, member.Image, member.Name) is { } strangers)
                problems.Add(strangers);
        }

        return problems;
    }

    private static void CheckMember(ManifestMember member, List<Problem> problems)
    {
        string which = $"member '{Wording.Shorten(member.Name)}'";
        if (!IsText(member.Name))
            problems.Add(Invalid($"{which}: expected a name of 1 to {MaxText} printable characters"));
        if (!IsPath(member.File))
            problems.Add(Invalid($"{which}: file is '{Wording.Shorten(member.File)}', not a path relative to the manifest's folder"));
        if (member.Size < 0)
            problems.Add(Invalid($"{which}: size is {member.Size}, expected bytes from 0"));
        if (!IsDigest(member.Sha256))
            problems.Add(Invalid($"{which}: sha256 is '{Wording.Shorten(member.Sha256)}', expected {Sha256Digits} hexadecimal digits in lower case"));
        if (member.Nodes is { IsEmpty: true })
            problems.Add(Invalid($"{which}: nodes is empty; a member for all nodes has none, one for no node is not listed"));
    }

    private static void CheckKernel(string which, ManifestKernel? kernel, List<Problem> problems)
    {
        if (kernel is null)
            return;
        if (!IsPath(kernel.File))
            problems.Add(Invalid($"{which} kernel: file is '{Wording.Shorten(kernel.File)}', not a path relative to the manifest's folder"));
        if (!IsDigest(kernel.Sha256))
            problems.Add(Invalid($"{which} kernel: sha256 is '{Wording.Shorten(kernel.Sha256)}', expected {Sha256Digits} hexadecimal digits in lower case"));
        if (!IsText(kernel.Version))
            problems.Add(Invalid($"{which} kernel: expected a version of 1 to {MaxText} printable characters"));
    }

    private static Problem Invalid(string message) => new(ErrorCodes.ManifestValueInvalid, $"{message}.");

    private static bool IsText(string text) => text.Length is > 0 and <= MaxText && !text.Any(char.IsControl);

    private static bool IsDigest(string text) => text.Length == Sha256Digits && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Images may lie beside the manifest's folder (HostImageDir), so a path may start with "..", in its normal form.</summary>
    private static bool IsPath(string path) =>
        path.Length <= MaxPath && !path.Any(char.IsControl)
        && path.Split('/').SkipWhile(part => part == "..").ToArray() is { Length: > 0 } names && names.All(part => part is not ("" or "." or ".."));
}
