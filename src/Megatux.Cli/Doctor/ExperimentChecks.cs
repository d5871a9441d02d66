using System.Globalization;
using Megatux.Agents;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Whether one experiment fits this machine.</summary>
internal sealed class ExperimentChecks(IMachineFacts machine, Manifest manifest, string folder)
{
    private Experiment Experiment => manifest.Experiment;

    /// <summary>The checks of an experiment, or one that says why there is nothing to check.</summary>
    internal static IEnumerable<Check> All(IMachineFacts machine, ExperimentFile file)
    {
        Manifest manifest;
        try
        {
            manifest = file.Load();
        }
        catch (MegatuxException unbuilt)
        {
            return [new Check("experiment", true, () => Finding.Missing(unbuilt.Message.TrimEnd('.')))];
        }

        var checks = new ExperimentChecks(machine, manifest, Path.GetDirectoryName(Path.GetFullPath(file.ManifestPath))!);
        return
        [
            new Check("experiment", true, checks.Files),
            new Check("its-hypervisor", true, checks.Hypervisor),
            new Check("its-memory", true, checks.Memory),
            new Check("its-name", true, () => Name(RunningExperiment.Of(manifest.Experiment.Name))),
        ];
    }

    /// <summary>Images, members and kernels, as many as the build made.</summary>
    internal Finding Files()
    {
        IEnumerable<string> kernels = Experiment.Hypervisor == Model.Hypervisor.Container ? [] : [manifest.GuestKernel?.File ?? "a kernel for guests"];
        string[] missing = [.. manifest.Members.Select(member => member.File).Concat(kernels).Distinct().Where(file => !File.Exists(Path.Combine(folder, file)))];
        return missing.Length == 0
            ? Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"{Experiment.Name} is built: {Experiment.HostCount} hosts, {Experiment.GuestCount} guests"))
            : Finding.Missing($"{Experiment.Name} lacks {string.Join(", ", missing.Take(4))}{(missing.Length > 4 ? ", ..." : "")} in {folder}", "build it again");
    }

    internal Finding Hypervisor() => Experiment.Hypervisor switch
    {
        Model.Hypervisor.Uml when manifest.GuestKernel is { } kernel => NeedsTap(HypervisorChecks.UmlRuns(machine, Path.Combine(folder, kernel.File))),
        Model.Hypervisor.Qemu => NeedsTap(HypervisorChecks.Qemu(machine)),
        _ => Finding.Ok("its guests are containers, which need nothing besides what hosts do"),
    };

    internal Finding Memory() => MemoryCheck.Shortage(Experiment, Experiment.GuestCount, machine.Memory.AvailableMiB) is { } shortage
        ? Finding.Missing(shortage)
        : Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"its guests need {MemoryCheck.NeededMiB(Experiment, Experiment.GuestCount)} MiB, and {machine.Memory.AvailableMiB} MiB are free"));

    /// <summary>Addresses are always free, since an experiment's networks are seen from its own nodes alone.</summary>
    internal static Finding Name(RunningExperiment running) =>
        running.Answers() ? Finding.Missing($"{running.Name} runs already", $"megatux halt {running.Name}") : Place(running.Name, running.Files);

    /// <summary>Whether a boot finds its place free, or would clear it, or would refuse to.</summary>
    internal static Finding Place(string name, RunFolder files) =>
        RunFolderCheck.Conflict(files) is { } conflict ? Finding.Missing(conflict, RunFolderCheck.Remedy)
        : Directory.Exists(files.Path) ? Finding.Warning($"{files.Path} is left of one that was killed; the next boot removes it", $"megatux halt {name}")
        : Finding.Ok("its name is free, and so are its addresses, which only its own nodes see");

    private Finding NeedsTap(Finding hypervisor) =>
        hypervisor.Verdict != Verdict.Missing && NetworkChecks.Tap(machine) is { Verdict: Verdict.Missing } noTap ? noTap : hypervisor;
}
