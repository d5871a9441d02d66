using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>A kernel module that is a file.</summary>
/// <param name="Name">Its name as lsmod shows it ('_' for '-').</param>
/// <param name="Path">Path relative to the modules folder: kernel/drivers/net/tun.ko, compressed or not.</param>
/// <param name="Needs">Names of the modules that it needs, in modules.dep's order (what must be loaded first stands last).</param>
public sealed record KernelModule(string Name, string Path, IReadOnlyList<string> Needs);

/// <summary>What is to be loaded for a list of module names.</summary>
/// <param name="Modules">Modules in an order in which they can be loaded, each once, with all that they need.</param>
/// <param name="BuiltIn">Names among those asked for that are part of the kernel, which takes no loading; ordered.</param>
public sealed record ModulePlan(IReadOnlyList<KernelModule> Modules, IReadOnlyList<string> BuiltIn);

/// <summary>The modules of one kernel, found by name or alias as modprobe(8) does, from depmod's text files.</summary>
public sealed partial class ModuleTree
{
    /// <summary>Far above what depmod writes for any kernel (a full Debian kernel has 1 MB).</summary>
    private const long MostIndexBytes = 64 << 20;

    private readonly Dictionary<string, ModuleLine> _modules;
    private readonly HashSet<string> _builtIn;
    private readonly List<ModuleAlias> _aliases;
    private readonly List<ModuleAlias> _builtInAliases;
    private readonly Dictionary<string, SoftNeeds> _soft;

    private ModuleTree(string folder, string version)
    {
        (Folder, Version) = (folder, version);
        string dependencies = Path.Combine(folder, "modules.dep");
        if (!File.Exists(dependencies))
        {
            throw new MegatuxException(ErrorCodes.KernelModulesMissing,
                $"{dependencies} is not there, so the modules of kernel {version} cannot be found. Install the kernel's package "
                + $"(its modules come with it), or run \"depmod {version}\" for a kernel of your own.");
        }

        _modules = ModuleIndex.ReadDependencies(Text("modules.dep"), dependencies);
        _builtIn = ModuleIndex.ReadBuiltIn(Text("modules.builtin"), Path.Combine(folder, "modules.builtin"));
        _aliases = ModuleIndex.ReadAliases(Text("modules.alias"));
        _builtInAliases = ModuleIndex.ReadBuiltInAliases(Text("modules.builtin.modinfo").ReadToEnd());
        _soft = ModuleIndex.ReadSoftNeeds(Text("modules.softdep"));
    }

    /// <summary>The folder that holds modules.dep.</summary>
    public string Folder { get; }

    /// <summary>The kernel's version, which is the folder's name below /lib/modules in the image.</summary>
    public string Version { get; }

    /// <summary>Reads the indexes of a modules folder; only modules.dep must be there.</summary>
    /// <param name="modulesFolder">The folder of one kernel: /lib/modules/VERSION, or /usr/lib/uml/modules/VERSION for UML.</param>
    /// <param name="version">The kernel's version (uname -r).</param>
    /// <exception cref="MegatuxException">The folder or modules.dep is missing, or an index is damaged.</exception>
    public static ModuleTree Open(string modulesFolder, string version)
    {
        ArgumentException.ThrowIfNullOrEmpty(modulesFolder);
        ArgumentException.ThrowIfNullOrEmpty(version);
        return new ModuleTree(modulesFolder, version);
    }

    private StringReader Text(string name)
    {
        string path = Path.Combine(Folder, name);
        var file = new FileInfo(path);
        if (!file.Exists)
            return new StringReader("");
        if (file.Length > MostIndexBytes)
        {
            throw new MegatuxException(ErrorCodes.ModuleIndexMalformed,
                $"{path} has {file.Length} bytes, and an index has at most {MostIndexBytes}. Run depmod again or reinstall the kernel's package.");
        }

        return new StringReader(File.ReadAllText(path, Encoding.UTF8));
    }
}
