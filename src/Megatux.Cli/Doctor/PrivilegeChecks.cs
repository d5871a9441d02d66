using System.Globalization;
using Megatux.Linux;

namespace Megatux.Cli;

/// <summary>Who runs this, and which namespaces the kernel lets them make.</summary>
internal static class PrivilegeChecks
{
    private const string MapPackage = "apt-get install uidmap";
    private const string UserCountFile = "/proc/sys/user/max_user_namespaces";

    // Debian's and Ubuntu's own switches; other kernels do not have the files.
    private const string DebianSwitch = "/proc/sys/kernel/unprivileged_userns_clone", AppArmorSwitch = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

    private static readonly (Namespaces Kind, string Name)[] Kinds =
    [
        (Namespaces.Mount, "mount"), (Namespaces.Process, "pid"), (Namespaces.Network, "net"), (Namespaces.HostName, "uts"), (Namespaces.Ipc, "ipc"),
    ];

    internal static Finding Root(IMachineFacts machine) => machine.IsRoot
        ? Finding.Ok("you are root")
        : machine.NamespaceRefusal(Namespaces.None, inUserNamespace: true) is null
            ? Finding.Ok($"you are {machine.UserName} ({machine.UserNumber}); experiments run in a user namespace of yours, and are yours alone to look into")
            : Finding.Missing($"you are {machine.UserName} ({machine.UserNumber}), and can make no user namespace; root can boot experiments", "sudo megatux doctor says what root can do here");

    /// <summary>What a user who is not root could be root of.</summary>
    internal static Finding UserNamespaces(IMachineFacts machine)
    {
        if (machine.ReadText(UserCountFile)?.Trim() == "0")
            return Finding.Warning("no user namespaces, of which user.max_user_namespaces allows none", "sysctl user.max_user_namespaces=10000");
        if (!machine.IsRoot && machine.ReadText(DebianSwitch)?.Trim() == "0")
            return Finding.Warning("user namespaces are root's alone", "sysctl kernel.unprivileged_userns_clone=1");
        if (!machine.IsRoot && machine.ReadText(AppArmorSwitch)?.Trim() == "1")
            return Finding.Warning("AppArmor gives no rights in user namespaces", "sysctl kernel.apparmor_restrict_unprivileged_userns=0");
        if (machine.NamespaceRefusal(Namespaces.None, inUserNamespace: true) is { } refusal)
            return Finding.Warning($"no user namespace can be made: {refusal}", "use a kernel that has CONFIG_USER_NS, or run outside of the container that forbids them");
        return machine.IsRoot ? Finding.Ok("user namespaces can be made") : UserNumbers(machine);
    }

    internal static Finding NamespaceKinds(IMachineFacts machine)
    {
        string where = machine.IsRoot ? "" : " in a user namespace";
        List<string> refused = [];
        foreach ((Namespaces kind, string name) in Kinds)
            if (machine.NamespaceRefusal(kind, inUserNamespace: !machine.IsRoot) is { } refusal)
                refused.Add($"{name} ({refusal})");
        return refused.Count == 0 ? Finding.Ok($"namespaces {string.Join(", ", Kinds.Select(kind => kind.Name))} can be made{where}")
            : Finding.Missing($"namespaces that cannot be made{where}: {string.Join(", ", refused)}", "use a kernel that has them, or run outside of the container that forbids them");
    }

    // A user namespace with one user alone cannot hold files of others.
    private static Finding UserNumbers(IMachineFacts machine)
    {
        if (UserRanges.MissingProgram(machine) is { } program)
            return Finding.Warning($"user namespaces can be made, but {program} is not there to map users into them", MapPackage);
        if (UserRanges.MissingRange(machine) is { } file)
            return Finding.Warning($"user namespaces can be made, but {file} gives {machine.UserName} no range", $"usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {machine.UserName}");
        return Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"user namespaces can be made, of {UserRanges.Count(machine, UserRanges.Users)} users and {UserRanges.Count(machine, UserRanges.Groups)} groups"));
    }
}
