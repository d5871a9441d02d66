using System.Globalization;
using System.Runtime.InteropServices;

namespace Megatux.Cli;

/// <summary>The kernel of this machine.</summary>
internal static class KernelChecks
{
    private const string Release = "/proc/sys/kernel/osrelease", Mounts = "/proc/self/mounts";

    /// <summary>The system calls that children are started by (close_range) came with it.</summary>
    private static readonly Version Oldest = new(5, 9);

    internal static Finding Kernel(IMachineFacts machine)
    {
        string release = machine.ReadText(Release)?.Trim() ?? "unknown";
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return Finding.Missing($"this is {RuntimeInformation.ProcessArchitecture}, and experiments boot on x86-64 alone", "take another machine");
        return VersionOf(release) is { } version && version < Oldest
            ? Finding.Missing($"Linux {release} is too old", $"apt-get install linux-image-cloud-amd64: {Oldest} or newer")
            : Finding.Ok($"Linux {release}");
    }

    /// <summary>Overlays, and all else that a container takes.</summary>
    internal static Finding Overlay(IMachineFacts machine) =>
        !machine.IsRoot ? Finding.Untried("containers with an overlay as their root")
        : machine.ContainerRefusal() is { } refusal ? Finding.Missing($"no container with an overlay as its root can be started: {refusal}", "modprobe overlay")
        : Finding.Ok("containers with an overlay as their root can be started");

    /// <summary>Control groups. Megatux bounds guests by other means, so these are for whoever wants to bound all of it.</summary>
    internal static Finding ControlGroups(IMachineFacts machine)
    {
        string[][] mounts = [.. (machine.ReadText(Mounts) ?? "").Split('\n').Select(line => line.Split(' ')).Where(fields => fields.Length > 3)];
        string? two = mounts.FirstOrDefault(fields => fields[2] == "cgroup2")?[1];
        if (two is not null && (machine.ReadText($"{two}/cgroup.controllers") ?? "").Split([' ', '\n']).Contains("memory"))
            return Finding.Ok($"cgroup version 2, which can limit the memory of a whole experiment, at {two}");
        string? one = mounts.FirstOrDefault(fields => fields[2] == "cgroup" && fields[3].Split(',').Contains("memory"))?[1];
        return Finding.Warning(one is not null
                ? $"cgroup version 1 limits memory, at {one}; version 2 does not here"
                : "no cgroup limits memory here: an experiment is bounded by the memory of its guests alone",
            "boot the machine with systemd.unified_cgroup_hierarchy=1 cgroup_enable=memory");
    }

    // "6.1.0-56-cloud-amd64": what follows the second number is the distribution's.
    private static Version? VersionOf(string release)
    {
        string[] parts = release.Split('.', '-', '+');
        return parts.Length > 1 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor) ? new Version(major, minor) : null;
    }
}
