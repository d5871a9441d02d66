using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>How modules are laid into an image.</summary>
public sealed record ModuleEntryOptions
{
    /// <summary>The image below, whose links (lib to usr/lib) and directories count; empty unless given.</summary>
    public IImageView Lower { get; init; } = EmptyImageView.Instance;

    /// <summary>
    /// Whether compressed modules (.ko.gz, .ko.xz, .ko.zst) are unpacked. busybox's insmod and modprobe take only plain
    /// and gzip modules, and a kernel without CONFIG_MODULE_DECOMPRESS cannot unpack by itself; the image as a whole is
    /// compressed anyway. gzip and zstd are unpacked here, xz by the program xz.
    /// </summary>
    public bool Decompress { get; init; }
}

public sealed partial class ModuleTree
{
    /// <summary>Path in the image of the list that init loads: an absolute path of a module a line, in load order.</summary>
    public const string LoadListPath = "etc/megatux/modules";

    /// <summary>
    /// The module files under lib/modules/VERSION, modules.dep, modules.alias and modules.builtin for them (the text
    /// forms, which busybox's modprobe reads; kmod's needs depmod to be run in the image), and the load list.
    /// </summary>
    /// <returns>Entries ordered by path, missing parents as implicit directories.</returns>
    /// <exception cref="MegatuxException">A module's file is missing or cannot be unpacked.</exception>
    public IReadOnlyList<ImageEntry> Entries(ModulePlan plan, ModuleEntryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        options ??= new ModuleEntryOptions();
        string folder = "lib/modules/" + Version;
        var entries = new ClosureEntries(options.Lower);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KernelModule module in plan.Modules)
        {
            string source = Path.Combine(Folder, module.Path);
            var file = new FileInfo(source);
            if (!file.Exists)
            {
                throw new MegatuxException(ErrorCodes.ModuleFileMissing,
                    $"{source} is named by modules.dep and is not there. Reinstall the kernel's package, or run \"depmod {Version}\" again.");
            }

            bool unpack = options.Decompress && !module.Path.EndsWith(".ko", StringComparison.Ordinal);
            paths[module.Name] = unpack ? module.Path[..module.Path.LastIndexOf('.')] : module.Path;
            Content content = unpack ? new BytesContent(ModuleUnpacker.Unpack(source)) : new FileContent(source, file.Length);
            Put(entries, $"{folder}/{paths[module.Name]}", content, source);
        }

        PutText(entries, folder + "/modules.dep", Dependencies(plan, paths));
        PutText(entries, folder + "/modules.alias", Aliases(plan));
        PutText(entries, folder + "/modules.builtin", BuiltIn());
        PutText(entries, LoadListPath, string.Concat(plan.Modules.Select(module => $"/{folder}/{paths[module.Name]}\n")));
        return entries.ToList();
    }

    private static string Dependencies(ModulePlan plan, Dictionary<string, string> paths)
    {
        var text = new StringBuilder();
        foreach (KernelModule module in plan.Modules)
        {
            text.Append(paths[module.Name]).Append(':');
            foreach (string need in module.Needs)
                text.Append(' ').Append(paths[need]);
            text.Append('\n');
        }

        return text.ToString();
    }

    private string Aliases(ModulePlan plan)
    {
        var names = new HashSet<string>(plan.Modules.Select(module => module.Name), StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (ModuleAlias alias in _aliases)
            if (names.Contains(alias.Module))
                text.Append("alias ").Append(alias.Written).Append(' ').Append(alias.Module).Append('\n');
        return text.ToString();
    }

    /// <summary>Names suffice: modprobe looks at nothing else of the paths.</summary>
    private string BuiltIn() => string.Concat(_builtIn.Order(StringComparer.Ordinal).Select(name => $"kernel/{name}.ko\n"));

    private static void PutText(ClosureEntries entries, string path, string text) =>
        Put(entries, path, new BytesContent(Encoding.UTF8.GetBytes(text)), "kernel modules");

    private static void Put(ClosureEntries entries, string path, Content content, string origin)
    {
        ResolvedPath place = ImagePath.Resolve(entries, path, followLast: false);
        if (place.Fault != PathFault.None)
        {
            throw new MegatuxException(ErrorCodes.ClosureConflict,
                $"{origin} belongs at /{path} of the image, where /{place.Path} is a link in a circle or no directory. Mend the base below.");
        }

        entries.Put(new ImageEntry { Path = place.Path, Kind = EntryKind.File, Mode = Modes.File, Content = content, Origin = origin }, mayReplace: true, subject: null);
    }
}
