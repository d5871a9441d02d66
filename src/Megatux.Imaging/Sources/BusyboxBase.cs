using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// The built-in base: a root that a shell can live in, made from the machine's own static busybox. It has no /init,
/// which another member brings.
/// </summary>
public static partial class BusyboxBase
{
    private const string MachinesBusybox = "/bin/busybox", InImage = "bin/busybox", Origin = "built-in busybox base";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Makes the base: the same entries each time from the same busybox, all of user and group 0.</summary>
    /// <param name="subject">The property or item that asked for the base, for errors.</param>
    /// <param name="cancellation">Stops the making.</param>
    /// <returns>The entries ordered by path.</returns>
    /// <exception cref="MegatuxException">MTX2313: no static busybox for this machine; MTX2314: it did not list its commands.</exception>
    public static List<ImageEntry> Read(string? subject, CancellationToken cancellation) => Read(MachinesBusybox, subject, cancellation);

    internal static List<ImageEntry> Read(string busybox, string? subject, CancellationToken cancellation)
    {
        CheckProgram(busybox, subject);
        var entries = new SortedDictionary<string, ImageEntry>(StringComparer.Ordinal);
        foreach ((string path, int mode) in Directories)
            entries.Add(path, new ImageEntry { Path = path, Kind = EntryKind.Directory, Mode = mode, Origin = Origin });
        foreach ((string path, string text) in Files)
            entries.Add(path, new ImageEntry { Path = path, Kind = EntryKind.File, Mode = TextMode, Content = Text(text), Origin = Origin });
        foreach ((string path, int mode, uint major, uint minor) in Devices)
        {
            entries.Add(path, new ImageEntry
            {
                Path = path, Kind = EntryKind.CharacterDevice, Mode = mode, DeviceMajor = major, DeviceMinor = minor, Origin = Origin,
            });
        }

        entries.Add(RunLink, Link(RunLink, RunLinkTarget));
        entries.Add(InImage, new ImageEntry
        {
            Path = InImage, Kind = EntryKind.File, Mode = ProgramMode, Content = new FileContent(busybox, new FileInfo(busybox).Length), Origin = busybox,
        });

        foreach (string applet in Applets(busybox, subject, cancellation))
        {
            // linuxrc is what an initrd of old was started by; it would lie in the root.
            if (applet.Contains('/', StringComparison.Ordinal))
                entries.TryAdd(applet, Link(applet, "/" + InImage));
        }

        return [.. entries.Values];
    }

    private static void CheckProgram(string busybox, string? subject)
    {
        if (!File.Exists(busybox))
            throw Missing($"there is no {busybox}", subject);

        ElfFile? program;
        try
        {
            program = ElfFile.TryRead(busybox);
        }
        catch (MegatuxException malformed)
        {
            throw Missing(malformed.Message.TrimEnd('.'), subject);
        }

        if (program is null)
            throw Missing($"{busybox} is no program", subject);
        if (!program.IsStatic)
            throw Missing($"{busybox} needs shared libraries, which the base does not have", subject);
        if (program.Target != ElfTarget.ThisMachine)
            throw Missing($"{busybox} is for {program.Target}, this machine is {ElfTarget.ThisMachine}", subject);
    }

    private static string[] Applets(string busybox, string? subject, CancellationToken cancellation)
    {
        try
        {
            ToolResult listed = Tool.Run(busybox, ["--list-full"], folder: null, Deadline, cancellation);
            string[] applets = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (listed.ExitCode == 0 && applets.Length > 0)
                return applets;
            throw Failed($"exit code {listed.ExitCode}, {applets.Length} commands listed. {listed.Error.Trim()}");
        }
        catch (Exception failure) when (failure is TimeoutException or FileNotFoundException)
        {
            throw Failed(failure.Message + ".");
        }

        MegatuxException Failed(string what) =>
            new(ErrorCodes.BusyboxFailed, $"{busybox} --list-full: {what} Install it again: apt-get install --reinstall busybox-static.", subject);
    }

    private static ImageEntry Link(string path, string target) =>
        new() { Path = path, Kind = EntryKind.SymbolicLink, Mode = LinkMode, LinkTarget = target, Origin = Origin };

    private static BytesContent Text(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    private static MegatuxException Missing(string what, string? subject) =>
        new(ErrorCodes.BusyboxMissing, $"The built-in base needs a static busybox, but {what}. Install the package busybox-static (apt-get install busybox-static) or name a base of your own.", subject);
}
