using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>What it takes to run an experiment: root, or to be root of a user namespace.</summary>
internal static class Privileges
{
    private const string Unshare = "unshare";

    /// <exception cref="MegatuxException">This user is not root, and cannot be root of a namespace.</exception>
    internal static void Require()
    {
        if (!Environment.IsPrivilegedProcess && !UserNamespace.CanBeMade())
            throw new MegatuxException(ErrorCodes.RootNeeded,
                "megatux boot needs root, or user namespaces, which this kernel gives no one else: run it with sudo, or see what megatux doctor says.");
    }

    /// <summary>
    /// Has a program run in namespaces of its own, whose end takes all that is in them: processes, networks, mounts. For a
    /// user who is not root one of users surrounds them, in which they are.
    /// </summary>
    /// <param name="start">The program.</param>
    /// <param name="ownNetwork">Whether it gets a network of its own, or this machine's.</param>
    internal static ChildStart InOwnNamespaces(ChildStart start, bool ownNetwork) => Environment.IsPrivilegedProcess
        ? start with { Container = new ContainerSpec { Namespaces = Namespaces.Mount | Namespaces.Ipc | Namespaces.Process | (ownNetwork ? Namespaces.Network : default) } }
        : start with
        {
            Program = Unshare,
            Arguments =
            [
                // Without ranges of this user's, files of others in the images become root's.
                "--user", "--map-root-user", .. UserRanges.AreThere(new ThisMachine()) ? (string[])["--map-auto"] : [],
                "--mount", "--ipc", "--pid", .. ownNetwork ? (string[])["--net"] : [], "--fork", "--kill-child", "--mount-proc", start.Program, .. start.Arguments,
            ],
        };
}
