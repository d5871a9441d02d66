using System.Runtime.ExceptionServices;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Debian packages as image entries, through the machine's own apt and dpkg. A package is unpacked, not installed: no
/// script of it runs. Downloaded files are kept; root is not needed.
/// </summary>
public sealed partial class DebianPackages
{
    private static readonly TimeSpan LocalDeadline = TimeSpan.FromMinutes(5);

    private readonly string _cacheFolder, _spoolFolder;
    private readonly ArchiveLimits _limits;
    private readonly string? _subject;
    private string? _architecture;

    /// <summary>Remembers where things go; does nothing yet.</summary>
    /// <param name="cacheFolder">Where .deb files are kept between builds, and looked for first; made if missing.</param>
    /// <param name="spoolFolder">Where files' contents go; the caller removes it once the entries are packed.</param>
    /// <param name="limits">What one package may unpack to.</param>
    /// <param name="subject">The property or item that names the packages, for errors.</param>
    public DebianPackages(string cacheFolder, string spoolFolder, ArchiveLimits limits, string? subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(cacheFolder);
        ArgumentException.ThrowIfNullOrEmpty(spoolFolder);
        ArgumentNullException.ThrowIfNull(limits);
        (_cacheFolder, _spoolFolder) = (Path.GetFullPath(cacheFolder), Path.GetFullPath(spoolFolder));
        (_limits, _subject) = (limits, subject);
    }

    /// <summary>Where apt and dpkg are looked for; empty for the PATH.</summary>
    internal string ToolFolder { get; init; } = "";

    /// <summary>How long one run of apt-get may take.</summary>
    internal TimeSpan DownloadDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Entries of a package.</summary>
    /// <param name="package">Name of a package, or path of a .deb file (it ends in .deb or has a slash).</param>
    /// <param name="version">The exact version wanted, or null; only for a name.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The entries ordered by path.</returns>
    /// <exception cref="MegatuxException">One of MTX2401 to MTX2406, or of MTX2304 to MTX2311 for what is in the package.</exception>
    public List<ImageEntry> Read(string package, string? version, CancellationToken cancellation) =>
        ReadDeb(Resolve(package, version, cancellation), $"package {NameOf(package)}", _spoolFolder, cancellation);

    private List<ImageEntry> ReadDeb(string deb, string origin, string spool, CancellationToken cancellation)
    {
        (List<ImageEntry>? entries, Exception? failure, ToolResult ended) = Guard("dpkg-deb", program =>
            Tool.Pipe(program, ["--fsys-tarfile", deb], tar => ArchiveSource.Read(tar, origin, spool, _limits, _subject, cancellation), LocalDeadline, cancellation));

        // What dpkg-deb says of a damaged file is clearer than that its output ends too early.
        bool cutOff = failure is null or MegatuxException { Problem.Code: ErrorCodes.ArchiveDamaged or ErrorCodes.ArchiveFormatUnknown };
        if (ended.ExitCode != 0 && cutOff)
            throw Damaged(deb, ended);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return entries!;
    }

    private string Resolve(string package, string? version, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(package);
        if (!IsPath(package))
            return Fetch(package, version, cancellation);
        return File.Exists(package)
            ? Path.GetFullPath(package)
            : throw new MegatuxException(ErrorCodes.PackageFileMissing, $"{package}: there is no such file. Give a package's name, or the path of a .deb file.", _subject);
    }

    internal static bool IsPath(string package) => package.Contains('/', StringComparison.Ordinal) || package.EndsWith(".deb", StringComparison.Ordinal);

    private static string NameOf(string package) => IsPath(package) ? Path.GetFileName(package) : package;

    private string Architecture(CancellationToken cancellation) =>
        _architecture ??= Guard("dpkg", program => Tool.Run(program, ["--print-architecture"], folder: null, LocalDeadline, cancellation)).Output.Trim();

    private T Guard<T>(string tool, Func<string, T> run)
    {
        try
        {
            return run(Path.Combine(ToolFolder, tool));
        }
        catch (FileNotFoundException absent)
        {
            string of = tool.StartsWith("apt", StringComparison.Ordinal) ? "apt" : "dpkg";
            throw new MegatuxException(ErrorCodes.PackageToolMissing,
                $"Debian packages need the program {tool}, which is not on this machine: {absent.Message}. Install the package {of}.", _subject, inner: absent);
        }
        catch (TimeoutException late)
        {
            throw new MegatuxException(ErrorCodes.PackageDownloadFailed, $"{late.Message}. Check the network and the disk.", _subject, inner: late);
        }
    }

    private MegatuxException Damaged(string deb, ToolResult ended) =>
        new(ErrorCodes.PackageDamaged, $"{deb}: dpkg-deb cannot read it: {ArchiveErrors.Show(ended.Error.Trim())} Remove the file so that it is fetched again.", _subject);
}
