using Megatux.Hypervisors;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What runs machines, and the kernels that they boot.</summary>
internal static class HypervisorChecks
{
    private const string UmlPackage = "apt-get install user-mode-linux", HostKernelPackage = "apt-get install linux-image-cloud-amd64";
    private const string Devices = "/proc/misc";

    // Documentation/admin-guide/LSM/Yama.rst: from 3 on nobody may trace processes, not even his own.
    private const string TraceScope = "/proc/sys/kernel/yama/ptrace_scope", NoTracing = "3";

    internal static Finding Uml(IMachineFacts machine) => machine.FindProgram("linux.uml") is { } kernel
        ? UmlRuns(machine, kernel)
        : Finding.Missing("linux.uml is not on the PATH, which guests under uml run in", UmlPackage);

    /// <summary>Whether a user-mode kernel runs here.</summary>
    internal static Finding UmlRuns(IMachineFacts machine, string kernel) =>
        machine.ReadText(TraceScope)?.Trim() == NoTracing ? Finding.Missing($"no process may trace others, as {kernel} must: kernel.yama.ptrace_scope is {NoTracing} until the machine starts again", "set kernel.yama.ptrace_scope=1 in /etc/sysctl.d, and start the machine again")
        : machine.VersionOf(kernel) is { } version ? Finding.Ok($"{kernel} runs, {FirstLine(version)}")
        : Finding.Missing($"{kernel} is there and does not run", "apt-get install --reinstall user-mode-linux");

    internal static Finding Qemu(IMachineFacts machine) =>
        machine.FindProgram(Hypervisors.Qemu.Program) is not { } program ? Finding.Missing($"{Hypervisors.Qemu.Program} is not on the PATH, which guests under qemu run in, and hosts that megatux image boot starts", $"apt-get install {Hypervisors.Qemu.Package}")
        : machine.VersionOf(program) is { } version ? Finding.Ok($"{program} runs, {FirstLine(version)}")
        : Finding.Missing($"{program} is there and does not run", $"apt-get install --reinstall {Hypervisors.Qemu.Package}");

    /// <summary>Acceleration, proven by a kernel that is booted on it.</summary>
    internal static Finding Kvm(IMachineFacts machine, KernelCatalog catalog)
    {
        if (!machine.CanOpen(KvmProbe.Device))
        {
            return machine.ReadText(Devices)?.Contains(" kvm\n", StringComparison.Ordinal) == true
                ? Finding.Warning($"{KvmProbe.Device} is not yours to open: qemu emulates, which is slow", $"usermod -aG kvm {machine.UserName}")
                : Finding.Warning($"{KvmProbe.Device} is not there: qemu emulates, which is slow", "switch virtualization on in the firmware, or take a machine that has it");
        }

        KvmProbe probe = machine.TryKvm(catalog.FindHost().Path);
        return probe.State switch
        {
            KvmState.Works => Finding.Ok("qemu guests run by KVM: a kernel boots on it"),
            KvmState.Hangs => Finding.Warning($"{probe.Reason.TrimEnd('.')}: qemu emulates, which is slow", "take a machine whose KVM works"),
            _ => Finding.Warning($"{probe.Reason.TrimEnd('.')}: qemu emulates, which is slow"),
        };
    }

    /// <summary>What hosts that are real or full machines boot.</summary>
    internal static Finding HostKernel(KernelCatalog catalog)
    {
        try
        {
            return Finding.Ok($"{catalog.FindHost().Path} is there for hosts");
        }
        catch (MegatuxException missing)
        {
            return Finding.Warning($"no kernel for the images of hosts is installed ({missing.Problem.Code})", HostKernelPackage);
        }
    }

    /// <summary>What images are made from.</summary>
    internal static Finding Busybox(Func<int> countEntries)
    {
        try
        {
            countEntries();
            return Finding.Ok("a static busybox is there for the built-in base of images");
        }
        catch (MegatuxException missing)
        {
            return Finding.Warning($"no static busybox is there for the built-in base of images ({missing.Problem.Code})", "apt-get install busybox-static");
        }
    }

    private static string FirstLine(string text) => ConsoleText.Printable(text.Trim().Split('\n')[0]);
}
