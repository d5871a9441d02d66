using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>A program that the image shall hold.</summary>
/// <param name="Path">Absolute path on this machine: an ELF program, a script, or a link to one.</param>
/// <param name="Target">
/// Path inside the image, with or without a leading slash; null for the same path as here. The links that lead to a
/// program are brought along only where it keeps its path.
/// </param>
/// <param name="Subject">Item of the project that asks for it (<c>HostProgram:/usr/bin/bash</c>), for errors.</param>
public sealed record ClosureProgram(string Path, string? Target = null, string? Subject = null);

/// <summary>What a closure is made for and from.</summary>
public sealed record ClosureOptions
{
    /// <summary>The image below, whose libraries and links count; empty unless given.</summary>
    public IImageView Lower { get; init; } = EmptyImageView.Instance;

    /// <summary>The machine that the image is for; this machine's kind unless given.</summary>
    public ElfTarget Machine { get; init; } = ElfTarget.ThisMachine;

    /// <summary>Folder that stands for this machine's root, from which programs and libraries come.</summary>
    public string Root { get; init; } = "/";

    /// <summary>
    /// Is told of every path of this machine that decides what comes along: files and links that were found, and names
    /// that were looked for in vain, where a file would be found first if it came.
    /// </summary>
    public Action<string>? Looked { get; init; }
}

/// <summary>
/// Everything that programs need in order to start: the loader, all libraries, the interpreters of scripts. Files are
/// parsed, never executed, so programs of strangers and of other machines are safe to look at.
/// <para>
/// The search is ld.so(8)'s as far as files tell it: LD_LIBRARY_PATH, ld.so.preload and the processor's own variants
/// (glibc-hwcaps) are the running system's business. What a program opens by name while it runs cannot be seen either:
/// above all glibc's NSS modules (libnss_*.so), gconv modules, and a script's own modules. Name those as programs too.
/// A program whose libraries are found by $ORIGIN starts only once /proc is mounted, from where the loader learns it.
/// </para>
/// </summary>
public static partial class ProgramClosure
{
    /// <summary>Computes what the programs bring into the image.</summary>
    /// <returns>
    /// Entries ordered by path (ordinal), with the parents that the lower image lacks as implicit directories; owner
    /// 0:0, modes as on this machine. Nothing that the lower image already has in the same form is among them.
    /// </returns>
    /// <exception cref="MegatuxException">A program or something that it needs is missing or does not fit.</exception>
    public static IReadOnlyList<ImageEntry> Compute(IEnumerable<ClosureProgram> programs, ClosureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(programs);
        options ??= new ClosureOptions();
        var source = new ClosureSource(options.Lower, new FolderView(options.Root, options.Looked), options.Machine);
        var entries = new ClosureEntries(options.Lower);
        var walk = new ClosureWalk(source, LibraryFolders.Of(options.Root, options.Machine), entries) { OnMissing = Missing };
        var adder = new ProgramAdder(source, walk);
        foreach (ClosureProgram program in programs)
            adder.Add(program);
        return entries.ToList();
    }

    private static void Missing(MissingLibrary library, string? subject)
    {
        if (library.Name.Contains('/'))
        {
            throw new MegatuxException(ErrorCodes.InterpreterMissing,
                $"{library.NeededBy} starts through {library.Name}, which is neither on this machine nor in the image below. "
                + $"{DebianNames.Advice(library.Name)}.", subject);
        }

        throw new MegatuxException(ErrorCodes.LibraryMissing,
            $"{library.NeededBy} needs the library {library.Name}, which is neither on this machine's search path nor in the image below. "
            + $"{DebianNames.Advice(library.Name)}, or put it into a folder that the program's RUNPATH or /etc/ld.so.conf names.", subject);
    }
}
