namespace Megatux.Benchmarks;

/// <summary>One file of one small overlay changes in an experiment with a large base.</summary>
internal sealed class OneFileRow : Row
{
    private const double Aim = 0.1;
    private const string Project = "onefile";

    internal override string Name => "one-file";

    internal override string About => "one file changes in an experiment with a base of 100 MB, against an initramfs from scratch, whole processes";

    internal override void Run(Report report, Workshop shop)
    {
        string output = Path.Combine(shop.NewFolder("scratch"), "initrd.img");
        if (Command.Find("mkinitramfs") is null && !Shell.Has("dracut", "initramfs-tools-core (or dracut-core)", report))
            return;
        if (KernelVersion() is not { } version)
        {
            report.Note("not measured: there are no modules of a kernel in /lib/modules; the Debian package linux-image-cloud-amd64 is missing");
            return;
        }

        string project = WriteExperiment(shop);
        DotNet.Build(project);
        string changed = Path.Combine(Path.GetDirectoryName(project)!, "overlay", "etc", "changing");
        string said = "";
        int changes = 0;
        Job ours = new(() => said = DotNet.Build(project), () => File.WriteAllText(changed, $"change {++changes}\n"));
        (string peer, Job theirs) = Command.Find("mkinitramfs") is { } mkinitramfs
            ? ("mkinitramfs", new Job(() => Shell.Run(mkinitramfs, "-o", output, version), () => File.Delete(output)))
            : ("dracut", new Job(() => Shell.Run("dracut", "--force", "--quiet", output, version), () => File.Delete(output)));
        report.Add(Pairs.Measure("one file changed", peer, Aim, ours, theirs));
        report.Note(string.Join('\n', said.Split('\n').Where(IsAboutWork).Select(line => $"ours {line.Trim()}")));
        report.Note($"{peer} made {Unit.Bytes.Of(new FileInfo(output).Length)} for Linux {version}");
    }

    private static bool IsAboutWork(string line) =>
        line.TrimStart().StartsWith("packed ", StringComparison.Ordinal) || line.TrimStart().StartsWith("joined ", StringComparison.Ordinal);

    private static string? KernelVersion() => !Directory.Exists("/lib/modules") ? null
        : Directory.GetDirectories("/lib/modules").Where(folder => File.Exists(Path.Combine(folder, "modules.dep")))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal).LastOrDefault();

    private static string WriteExperiment(Workshop shop)
    {
        string folder = shop.NewFolder(Project);
        var copy = new ExperimentCopy(folder);
        string project = copy.Project(Project);
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(project)!, "overlay", "etc"));
        File.WriteAllText(project, $"""
            <Project Sdk="Megatux.Sdk">
              <PropertyGroup>
                <VmsPerHost>50</VmsPerHost>
                <VmNetmask>255.255.255.0</VmNetmask>
                <GuestBase>{shop.Tree}</GuestBase>
              </PropertyGroup>
              <ItemGroup>
                <PhysicalHosts Include="bench[0-1]" />
                <GuestOverlay Include="overlay" />
                <GuestProgram Include="/bin/busybox" />
                <GuestProgram Include="/usr/bin/getent" />
                <HostProgram Include="/usr/bin/bash" />
              </ItemGroup>
            </Project>
            """);
        return project;
    }
}
