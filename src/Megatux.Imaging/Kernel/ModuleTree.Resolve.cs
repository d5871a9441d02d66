using Megatux.Model;

namespace Megatux.Imaging;

public sealed partial class ModuleTree
{
    /// <summary>Chains of softdeps in real kernels have two or three links.</summary>
    private const int DeepestSoftNeed = 200;

    /// <summary>
    /// Finds what must be loaded for <paramref name="names"/>: names of modules, or aliases (fs-overlay,
    /// virtio:d00000001v00001AF4), which may stand for several modules. What softdeps ask for comes too, where the
    /// kernel has it.
    /// </summary>
    /// <param name="names">Names; '-' and '_' are the same.</param>
    /// <param name="subject">Item of the project that names them; by default "KernelModule:NAME".</param>
    /// <exception cref="MegatuxException">A name is unknown, or modules.dep runs in a circle.</exception>
    public ModulePlan Resolve(IEnumerable<string> names, string? subject = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        var plan = new Planner(this);
        foreach (string name in names)
            if (!plan.Load(name, 0))
                throw Unknown(name, subject ?? "KernelModule:" + name);
        return plan.Done();
    }

    /// <summary>modprobe's order: a module's own name, then aliases of modules, then what is built in.</summary>
    private List<string> Lookup(string name, out bool builtIn)
    {
        string wanted = ModuleIndex.Normalise(name);
        builtIn = false;
        if (_modules.ContainsKey(wanted))
            return [wanted];
        List<string> found = Match(_aliases, wanted);
        found.RemoveAll(module => !_modules.ContainsKey(module));
        if (found.Count > 0)
            return found;
        builtIn = true;
        return _builtIn.Contains(wanted) ? [wanted] : Match(_builtInAliases, wanted);
    }

    private static List<string> Match(List<ModuleAlias> aliases, string name)
    {
        var found = new List<string>();
        foreach (ModuleAlias alias in aliases)
            if (ModulePattern.Matches(alias.Pattern, name) && !found.Contains(alias.Module))
                found.Add(alias.Module);
        return found;
    }

    private MegatuxException Unknown(string name, string subject)
    {
        string? near = NearestName.Of(ModuleIndex.Normalise(name), _modules.Keys.Concat(_builtIn));
        string hint = near is null ? "Correct the name" : $"Did you mean {near}? Correct the name";
        return new MegatuxException(ErrorCodes.ModuleMissing,
            $"Kernel {Version} has no module {name}, neither in {Folder} nor built in nor by an alias. {hint}, or use a kernel that has it.", subject);
    }

    /// <summary>Puts modules in order while softdeps lead from one to the next.</summary>
    private sealed class Planner(ModuleTree tree)
    {
        private readonly List<KernelModule> _order = [];
        private readonly HashSet<string> _placed = new(StringComparer.Ordinal);
        private readonly HashSet<string> _softDone = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _builtIn = new(StringComparer.Ordinal);

        public ModulePlan Done() => new(_order, [.. _builtIn]);

        /// <summary>Places all that a name stands for; false if it stands for nothing.</summary>
        public bool Load(string name, int depth)
        {
            List<string> modules = tree.Lookup(name, out bool builtIn);
            foreach (string module in modules)
            {
                // What a softdep finds built in was asked for by nobody.
                if (!builtIn)
                    Place(module, depth);
                else if (depth == 0)
                    _builtIn.Add(module);
            }

            return modules.Count > 0;
        }

        private void Place(string module, int depth)
        {
            if (_placed.Contains(module))
                return;
            if (depth > DeepestSoftNeed)
            {
                throw new MegatuxException(ErrorCodes.ModuleIndexMalformed,
                    $"{tree.Folder}/modules.softdep chains more than {DeepestSoftNeed} modules. Run depmod again or reinstall the kernel's package.");
            }

            foreach (ModuleLine line in tree.NeedsFirst(module))
            {
                // What is placed has had its turn. The soft needs of one module are looked at once, or two that wish for
                // each other would never end.
                SoftNeeds? soft = _placed.Contains(line.Name) || !_softDone.Add(line.Name) ? null : tree._soft.GetValueOrDefault(line.Name);
                LoadAll(soft?.Before, depth);
                if (_placed.Add(line.Name))
                    _order.Add(new KernelModule(line.Name, line.Path, line.Needs));
                LoadAll(soft?.After, depth);
            }
        }

        private void LoadAll(List<string>? names, int depth)
        {
            // A wish for what this kernel lacks is no error: it names what other kernels have.
            foreach (string name in names ?? [])
                Load(name, depth + 1);
        }
    }
}
