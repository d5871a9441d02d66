using System.Globalization;
using System.Runtime.InteropServices;

namespace Megatux.Benchmarks;

/// <summary>A process with all that came from it. One that ends meanwhile is left out.</summary>
internal sealed partial class ProcessTree
{
    // proc(5), /proc/PID/stat: fields count from 1, the second is in parentheses; clock ticks are hundredths of a second.
    private const int ParentField = 4, UserTimeField = 14, ChildrenUserTimeField = 16, TimeFields = 4, FieldsBehindName = 3;
    private const double TicksPerSecond = 100;
    private const long BytesInKibibyte = 1 << 10;

    // kcmp(2) on x86-64, and what it compares: the processes' memory.
    private const nint CompareProcesses = 312, ByMemory = 1;

    private readonly List<int> _processes;
    private readonly Dictionary<int, int> _parents;

    private ProcessTree(List<int> processes, Dictionary<int, int> parents, double processor) => (_processes, _parents, Processor) = (processes, parents, processor);

    /// <summary>Processor seconds of all of them, and of those that have ended.</summary>
    internal double Processor { get; }

    /// <summary>
    /// Bytes in memory that are no file's on a disk, each page once however many have it: proc(5), smaps_rollup, Pss_Anon and
    /// Pss_Shmem, where the memory of UML lies. Programs' own pages, which all machines share, are not in it.
    /// </summary>
    internal long Memory => _processes.Where(HasOwnMemory).Sum(process => Fact(process, "smaps_rollup", "Pss_Anon:") + Fact(process, "smaps_rollup", "Pss_Shmem:"));

    /// <summary>Looks at the tree now.</summary>
    internal static ProcessTree Of(int root)
    {
        var parents = new List<(int Process, int Parent, long Ticks)>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process) && Read(process, "stat") is { Length: > 0 } stat)
            {
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                long ticks = fields.Skip(UserTimeField - FieldsBehindName).Take(TimeFields).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
                parents.Add((process, int.Parse(fields[ParentField - FieldsBehindName], CultureInfo.InvariantCulture), ticks));
            }

        ILookup<int, int> children = parents.ToLookup(one => one.Parent, one => one.Process);
        List<int> tree = [root];
        for (int at = 0; at < tree.Count; at++)
            tree.AddRange(children[tree[at]]);
        HashSet<int> members = [.. tree];
        return new ProcessTree(tree, parents.ToDictionary(one => one.Process, one => one.Parent), parents.Where(one => members.Contains(one.Process)).Sum(one => one.Ticks) / TicksPerSecond);
    }

    /// <summary>Those that run a program, by the name of its file; the root is not among them.</summary>
    internal IEnumerable<int> Running(string program) => _processes.Skip(1).Where(process => Path.GetFileName(ProgramOf(process)) == program);

    /// <summary>Processor seconds of a process itself.</summary>
    internal static double ProcessorOf(int process) => Processors(process, UserTimeField);

    /// <summary>Processor seconds of this process's children that have ended, and of theirs.</summary>
    internal static double ProcessorOfEnded() => Processors(Environment.ProcessId, ChildrenUserTimeField);

    /// <summary>A fact of a process, such as <c>VmRSS:</c> of <c>status</c>, in bytes; 0 when it has ended.</summary>
    internal static long Fact(int process, string file, string name)
    {
        string? line = Read(process, file).Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : BytesInKibibyte * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    // The kernel of UML is helped by processes that have the same memory as itself.
    private bool HasOwnMemory(int process) =>
        !(_parents.TryGetValue(process, out int parent) && SystemCall(CompareProcesses, process, parent, ByMemory) == 0);

    // User time, and system time behind it.
    private static double Processors(int process, int field)
    {
        string stat = Read(process, "stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields.Skip(field - FieldsBehindName).Take(TimeFields / 2).Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint one, nint other, nint kind);

    private static string ProgramOf(int process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/exe").LinkTarget ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
