using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>A library or interpreter that is neither in the image nor on this machine.</summary>
/// <param name="Name">The soname, or the interpreter's path.</param>
/// <param name="NeededBy">Path of the file that needs it.</param>
public sealed record MissingLibrary(string Name, string NeededBy)
{
    /// <summary>The Debian package that by its rules for names holds the library; null if the name tells nothing.</summary>
    public string? LikelyPackage => DebianNames.OfLibrary(Name);
}

/// <summary>Walks from programs to everything that they need, as the loader will, and collects what the image lacks.</summary>
internal sealed partial class ClosureWalk(ClosureSource source, LibraryFolders system, ClosureEntries entries)
{
    /// <summary>Called with what cannot be found; throws or notes it.</summary>
    public required Action<MissingLibrary, string?> OnMissing { get; init; }

    /// <summary>Whether a library is one that its program finds by itself; none is unless told.</summary>
    public Predicate<string> IsPrivate { get; init; } = _ => false;

    /// <summary>Follows one program or library. Breadth first, since the loader takes the first library of a name that it meets.</summary>
    public void Follow(ClosureObject program, string? subject)
    {
        var loaded = new Dictionary<string, ClosureObject>(StringComparer.Ordinal);
        var waiting = new Queue<ClosureObject>();
        if (program.File.Interpreter is { } interpreter)
            FindInterpreter(interpreter, program, loaded, subject);
        Note(loaded, program, program.File.SoName ?? program.Name);
        waiting.Enqueue(program);
        while (waiting.TryDequeue(out ClosureObject? needer))
        {
            foreach (string name in needer.File.Needed)
            {
                if (!loaded.TryGetValue(name, out ClosureObject? library))
                {
                    library = FindLibrary(name, needer, program, subject);
                    if (library is null)
                    {
                        if (!IsPrivate(name))
                            OnMissing(new MissingLibrary(name, needer.Name), subject);
                        continue;
                    }

                    // A library can be met under its soname after it was needed under another name.
                    if (library.File.SoName is { } soName && loaded.TryGetValue(soName, out ClosureObject? same) && same.Name == library.Name)
                        library = same;
                    else
                        waiting.Enqueue(library);
                    Note(loaded, library, name);
                }

                CheckVersions(needer, name, library, program, subject);
            }
        }
    }

    private static void Note(Dictionary<string, ClosureObject> loaded, ClosureObject library, string name)
    {
        loaded.TryAdd(name, library);
        if (library.File.SoName is { } soName)
            loaded.TryAdd(soName, library);
    }

    private void CheckVersions(ClosureObject needer, string name, ClosureObject library, ClosureObject program, string? subject)
    {
        // What is the base's own on both sides was so before us.
        if (needer.IsBelow && library.IsBelow && !program.IsBelow)
            return;
        ClosureVersions.Check(needer, name, library, subject);
        if (!needer.IsBelow && library.IsBelow && ClosureVersions.WantsPrivate(needer, name))
            ClosureVersions.CheckGlibc(needer, name, library, FindHere(name), subject);
    }

    private ElfFile? FindHere(string name)
    {
        foreach ((string folder, _) in system.Machine)
            if (source.FindHere($"{folder}/{name}") is { } found)
                return found.File;
        return null;
    }

    private void FindInterpreter(string path, ClosureObject program, Dictionary<string, ClosureObject> loaded, string? subject)
    {
        if (path.StartsWith('/') && FindBelow(path, program) is { } below)
        {
            Note(loaded, below, Path.GetFileName(path));
            return;
        }

        if (path.StartsWith('/') && source.FindHere(path) is { } here)
        {
            Bring(path, path, mayReplace: false, subject);
            Note(loaded, new ClosureObject(here.File, path, FolderOf(path), FolderOf(path), program), Path.GetFileName(path));
            return;
        }

        OnMissing(new MissingLibrary(path, program.Name), subject);
    }

    private ClosureObject? FindLibrary(string name, ClosureObject needer, ClosureObject program, string? subject)
    {
        if (name.Contains('/'))
        {
            string? machine = SearchFolders.Substitute(name, needer.MachineFolder, system);
            return SearchFolders.Substitute(name, needer.ImageFolder, system) is { } image && image.StartsWith('/')
                ? FindAt(machine, image, needer, subject)
                : null;
        }

        foreach ((string? machine, string image) in SearchFolders.NamedBy(needer, system))
            if (FindAt(machine is null ? null : $"{machine}/{name}", $"{image}/{name}", needer, subject) is { } named)
                return named;

        if (needer.File.NoDefaultLibraries)
            return null;

        // All of the image's folders before any of this machine's: a base that keeps its C library elsewhere than this
        // machine must not get a second one.
        foreach (string folder in system.Image)
            if (FindBelow($"{folder}/{name}", needer) is { } below)
                return below;
        if (IsPrivate(name))
            return null;
        foreach ((string machine, string image) in system.Machine)
            if (FindAt($"{machine}/{name}", $"{image}/{name}", needer, subject) is { } found)
                return found;
        return null;
    }

    private ClosureObject? FindAt(string? machine, string image, ClosureObject needer, string? subject)
    {
        if (FindBelow(image, needer) is { } below)
            return below;
        if (machine is null || source.FindHere(machine) is not { } here)
            return null;
        Bring(machine, image, mayReplace: false, subject);
        return new ClosureObject(here.File, machine, FolderOf(machine), FolderOf(image), needer);
    }

    private ClosureObject? FindBelow(string path, ClosureObject needer) =>
        source.FindBelow(path) is { } found ? new ClosureObject(found.File, $"/{found.Path}", null, FolderOf(path), needer) : null;

    private static string FolderOf(string path) => ImagePath.FolderOf(path) is { Length: > 0 } folder ? folder : "/";
}
