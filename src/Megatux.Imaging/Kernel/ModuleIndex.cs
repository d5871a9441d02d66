using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>A module's file as modules.dep has it.</summary>
/// <param name="Name">Normalised name: '_' for '-'.</param>
/// <param name="Path">Path relative to the modules folder (kernel/drivers/net/tun.ko).</param>
/// <param name="Needs">Names of the modules that it needs, in the file's order: what must be loaded first stands last.</param>
internal sealed record ModuleLine(string Name, string Path, IReadOnlyList<string> Needs);

/// <summary>A name or pattern that stands for a module.</summary>
/// <param name="Pattern">The pattern, normalised.</param>
/// <param name="Module">The module's normalised name.</param>
/// <param name="Written">The pattern as the index has it.</param>
internal readonly record struct ModuleAlias(string Pattern, string Module, string Written);

/// <summary>What must or should be loaded before and after a module (modules.softdep).</summary>
internal sealed class SoftNeeds
{
    public List<string> Before { get; } = [];

    public List<string> After { get; } = [];
}

/// <summary>Reads depmod's text files (modules.dep(5), depmod.d(5)). Hostile or damaged input gives errors with file and line.</summary>
internal static class ModuleIndex
{
    private const string Extension = ".ko";

    /// <summary>The name by which modprobe knows a module's file; null if the file is no module.</summary>
    public static string? NameOf(string path)
    {
        ReadOnlySpan<char> file = path.AsSpan(path.LastIndexOf('/') + 1);
        int end = file.LastIndexOf(Extension);
        return end <= 0 || file[(end + Extension.Length)..] is not ("" or ".gz" or ".xz" or ".zst")
            ? null
            : Normalise(file[..end].ToString());
    }

    /// <summary>'-' and '_' are the same in names and aliases, but not inside a pattern's brackets.</summary>
    public static string Normalise(string name)
    {
        if (!name.Contains('-'))
            return name;
        return string.Create(name.Length, name, static (to, from) =>
        {
            bool bracket = false;
            for (int i = 0; i < from.Length; i++)
            {
                bracket = from[i] == '[' || (bracket && from[i] != ']');
                to[i] = from[i] == '-' && !bracket ? '_' : from[i];
            }
        });
    }

    /// <summary>modules.dep: a line "file: files that it needs" for each module.</summary>
    public static Dictionary<string, ModuleLine> ReadDependencies(TextReader text, string origin)
    {
        var modules = new Dictionary<string, ModuleLine>(StringComparer.Ordinal);
        var bare = new Dictionary<string, string>(StringComparer.Ordinal);
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#')
                continue;
            int colon = line.IndexOf(':');
            if (colon < 0)
                throw Malformed(origin, number, $"expected \"module.ko: modules that it needs\", found \"{Shorten(line)}\"");
            string path = line[..colon];
            string name = Module(path, origin, number);
            var needs = new List<string>();
            foreach (string need in line[(colon + 1)..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                string needed = Module(need, origin, number);
                needs.Add(needed);
                bare.TryAdd(needed, need);
            }

            modules.TryAdd(name, new ModuleLine(name, path, needs));
        }

        // A module that others need may lack a line of its own; then it needs nothing.
        foreach ((string name, string path) in bare)
            modules.TryAdd(name, new ModuleLine(name, path, []));
        return modules;
    }

    /// <summary>modules.builtin: a file name a line, of modules that are part of the kernel.</summary>
    public static HashSet<string> ReadBuiltIn(TextReader text, string origin)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                names.Add(Module(line.Trim(), origin, number));
        }

        return names;
    }

    /// <summary>modules.alias: lines "alias PATTERN MODULE"; others are for later versions of the format and passed over.</summary>
    public static List<ModuleAlias> ReadAliases(TextReader text)
    {
        var aliases = new List<ModuleAlias>();
        while (text.ReadLine() is { } line)
        {
            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["alias", var pattern, var module])
                aliases.Add(new ModuleAlias(Normalise(pattern), Normalise(module), pattern));
        }

        return aliases;
    }

    /// <summary>modules.builtin.modinfo: "module.key=value" records that end in NUL; its aliases alone matter here.</summary>
    public static List<ModuleAlias> ReadBuiltInAliases(string text)
    {
        var aliases = new List<ModuleAlias>();
        foreach (string record in text.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = record.IndexOf('=');
            int dot = equals < 0 ? -1 : record.IndexOf('.', 0, equals);
            if (dot > 0 && record.AsSpan(dot + 1, equals - dot - 1) is "alias")
                aliases.Add(new ModuleAlias(Normalise(record[(equals + 1)..]), Normalise(record[..dot]), record[(equals + 1)..]));
        }

        return aliases;
    }

    /// <summary>
    /// modules.softdep: "softdep MODULE pre: NAMES post: NAMES". As in modprobe, a module's first line alone counts, and
    /// names before either word count for nothing.
    /// </summary>
    public static Dictionary<string, SoftNeeds> ReadSoftNeeds(TextReader text)
    {
        var all = new Dictionary<string, SoftNeeds>(StringComparer.Ordinal);
        while (text.ReadLine() is { } line)
        {
            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || words[0] != "softdep")
                continue;
            string name = Normalise(words[1]);
            var needs = new SoftNeeds();
            if (!all.TryAdd(name, needs))
                continue;
            List<string>? into = null;
            foreach (string word in words.AsSpan(2))
            {
                if (word == "pre:")
                    into = needs.Before;
                else if (word == "post:")
                    into = needs.After;
                else
                    into?.Add(word);
            }
        }

        return all;
    }

    private static string Module(string path, string origin, int line)
    {
        // The path becomes one in the image, so it must stay below the modules folder.
        bool safe = path.Length > 0 && path[0] != '/' && !path.Contains('\0')
            && !Array.Exists(path.Split('/'), part => part is "" or "." or "..");
        return (safe ? NameOf(path) : null)
            ?? throw Malformed(origin, line, $"\"{Shorten(path)}\" is no path of a module (expected kernel/.../name.ko, or .ko.gz, .ko.xz, .ko.zst)");
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "...";

    private static MegatuxException Malformed(string origin, int line, string message) => new(ErrorCodes.ModuleIndexMalformed,
        $"{message}. Run depmod again or reinstall the kernel's package.", where: new SourceLocation(origin, line));
}
