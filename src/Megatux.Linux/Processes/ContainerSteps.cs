using System.Runtime.InteropServices;
using System.Text;

namespace Megatux.Linux;

/// <summary>
/// The steps by which a child gets its root, mounts, network and host name. The overlay, with the memory that it may
/// write to, is mounted on top of the root, where it hides no path: paths begin at the root that a process has, beneath
/// all that is mounted on it. Once the child is inside, paths inside begin with a slash and paths outside do not, so that
/// no link in an image can lead out.
/// </summary>
internal sealed class ContainerSteps(StepList steps, ContainerSpec container, Func<SafeHandle, int> hold)
{
    // include/uapi/linux/mount.h, include/uapi/linux/fcntl.h, and umount2(2).
    internal const int ReadOnlyFlag = 1, NoSetUid = 2, NoDevices = 4, NoExecution = 8, Remount = 32, BindFlag = 4096, Recursive = 16384, Private = 1 << 18;
    private const int Detach = 2, CurrentFolder = -100, PathOnly = 0x200000, CloseOnExec = 0x80000;

    private const int NewNetwork = (int)Namespaces.Network;

    // Folders on the memory that is mounted first.
    private const string Merged = "root", Upper = "upper", Work = "work";

    // A mount's options are one page at most (fs/namespace.c, copy_mount_options).
    private const int LongestOptions = 4095;

    internal void Add()
    {
        Check();
        if (container.Network is { } network)
            steps.Add("the network cannot be joined", null, SystemCalls.Setns, hold(network), NewNetwork);
        if (container.Namespaces.HasFlag(Namespaces.Mount))
            AddMounts();
        if (container.HostName is { } name)
            steps.Add("the host name cannot be set", name, SystemCalls.Sethostname, steps.Text(name), Encoding.UTF8.GetByteCount(name));
    }

    private void Check()
    {
        bool mounts = container.Namespaces.HasFlag(Namespaces.Mount);
        if (!mounts && (container.Root is not null || container.Binds.Count > 0))
            throw new ArgumentException("A container's root and binds take a mount namespace.");
        if (container.HostName is not null && !container.Namespaces.HasFlag(Namespaces.HostName))
            throw new ArgumentException("A container's host name takes a namespace for it.");
        if (container.Network is not null && container.Namespaces.HasFlag(Namespaces.Network))
            throw new ArgumentException("A container has a new network or joins one, not both.");
        if (container.Root is { Lower.Count: 0 })
            throw new ArgumentException("A container's root takes a lower folder.");
        if (container.Root is { } root && root.Upper is null != root.Work is null)
            throw new ArgumentException("A container's upper folder takes a work folder, and the other way round.");
        foreach (BindMount bind in container.Binds)
            if (!bind.Target.StartsWith('/') || $"{bind.Target}/".Contains("/../", StringComparison.Ordinal))
                throw new ArgumentException($"{bind.Target} is not an absolute path without \"..\".");
    }

    private void AddMounts()
    {
        steps.Add("mounts cannot be made private", null, SystemCalls.Mount, 0, steps.Text("/"), 0, Recursive | Private, 0);
        int umask = steps.AddLenient(SystemCalls.Umask, 0);
        int outside = steps.Add("our root cannot be opened", null, SystemCalls.Openat, CurrentFolder, steps.Text("/"), PathOnly | CloseOnExec, 0);
        int layers = container.Root is { } root ? EnterRoot(root) : 0;
        int leave = steps.Add("our root cannot be entered", null, SystemCalls.Fchdir, 0);
        steps.PassResult(outside, leave, 0);
        if (container.SystemFolders)
            new SystemFolderSteps(steps, container).Add();
        foreach (BindMount bind in container.Binds)
            Bind(bind);
        // "/..": what is mounted on top of the root, unlike "/", which is the root that it hides.
        for (int i = 0; i < layers; i++)
            steps.Add("our mounts cannot be left", null, SystemCalls.Umount2, steps.Text("/.."), Detach);
        int restore = steps.AddLenient(SystemCalls.Umask, 0);
        steps.PassResult(umask, restore, 0);
    }

    /// <summary>Enters the overlay as the root.</summary>
    /// <returns>How many mounts are left on top of it.</returns>
    private int EnterRoot(ContainerRoot root)
    {
        string size = root.MemoryBytes is { } bytes ? $"mode=755,size={bytes}" : "mode=755";
        Mount("tmpfs", "/", "tmpfs", 0, size);
        steps.Add("the new memory cannot be entered", null, SystemCalls.Chdir, steps.Text("/.."));
        MakeFolder(Merged);
        if (root.Upper is null)
        {
            MakeFolder(Upper);
            MakeFolder(Work);
        }

        var lower = new List<string>();
        foreach (string folder in root.Lower)
            lower.Add(Escape(Path.GetFullPath(folder)).Replace(":", "\\:", StringComparison.Ordinal));
        string upper = root.Upper is null ? Upper : Escape(Path.GetFullPath(root.Upper));
        string work = root.Work is null ? Work : Escape(Path.GetFullPath(root.Work));
        string options = $"lowerdir={string.Join(':', lower)},upperdir={upper},workdir={work}";
        if (Encoding.UTF8.GetByteCount(options) > LongestOptions)
            throw new ArgumentException($"The paths of a container's root are longer than {LongestOptions} bytes in all.");
        Mount("overlay", Merged, "overlay", 0, options);

        // The first root of a machine (an initramfs) cannot be moved; but the memory on top of it can.
        bool first = FirstRoot.IsOurs();
        if (first)
            steps.Add("the root cannot be changed", null, SystemCalls.Chroot, steps.Text("."));
        steps.Add("the new root cannot be entered", null, SystemCalls.Chdir, steps.Text(Merged));
        steps.Add("the root cannot be changed", null, SystemCalls.PivotRoot, steps.Text("."), steps.Text("."));
        return first ? 1 : 2;
    }

    private void Bind(BindMount bind)
    {
        string source = LinkFree(bind.Source);
        bool isFolder = bind.FileSystem is not null || FileStatus.Read(source).Kind == FileKind.Directory;
        for (int slash = bind.Target.IndexOf('/', 1); slash > 0; slash = bind.Target.IndexOf('/', slash + 1))
            MakeFolder(bind.Target[..slash]);
        if (isFolder)
            MakeFolder(bind.Target);
        else
            SystemFolderSteps.MakeFile(steps, bind.Target);
        string outside = source.Length == 1 ? "." : source[1..];
        if (bind.FileSystem is { } type)
        {
            Mount(outside, bind.Target, type, NoSetUid | NoDevices | (bind.ReadOnly ? ReadOnlyFlag : 0), null);
            return;
        }

        Mount(outside, bind.Target, null, BindFlag | (isFolder ? Recursive : 0), null);
        if (bind.ReadOnly)
            Mount(null, bind.Target, null, BindFlag | Remount | ReadOnlyFlag, null);
    }

    private void MakeFolder(string path) => SystemFolderSteps.MakeFolder(steps, path);

    private void Mount(string? source, string target, string? type, int flags, string? options) =>
        SystemFolderSteps.Mount(steps, source, target, type, flags, options);

    // Links on the way would be followed inside, where they lead elsewhere.
    private static string LinkFree(string path) =>
        NativeFiles.RealPath(Path.GetFullPath(path)) ?? throw new FileNotFoundException($"{path}: there is no such file.", path);

    // Overlay options end at a comma that has no backslash before it.
    private static string Escape(string path) =>
        path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);
}
