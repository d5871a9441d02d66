using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Takes programs one by one: finds out what each is and brings it with what it needs.</summary>
internal sealed class ProgramAdder(ClosureSource source, ClosureWalk walk)
{
    /// <summary>As many scripts as the kernel lets interpret one another (BINPRM recursion).</summary>
    private const int MostInterpreters = 5;

    /// <summary>Where programs are looked for that a script names through env, as login sets it for root.</summary>
    private static readonly string[] SearchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    public void Add(ClosureProgram program)
    {
        string path = source.Machine.Root == "/" ? Path.GetFullPath(program.Path) : program.Path;
        ResolvedPath here = ImagePath.Resolve(source.Machine, path, followLast: true);
        if (here.Fault == PathFault.Loop)
        {
            throw new MegatuxException(ErrorCodes.ProgramLinkLoop,
                $"{path}: its links run in a circle. Mend the links on this machine.", program.Subject);
        }

        if (here is not { Fault: PathFault.None, Entry: { } entry })
        {
            throw new MegatuxException(ErrorCodes.ProgramMissing,
                $"The program {path} is not on this machine. Correct its path or install its package (apt-file search or "
                + $"packages.debian.org tell which holds bin/{Path.GetFileName(path)}).", program.Subject);
        }

        if (entry.Kind != EntryKind.File)
        {
            throw new MegatuxException(ErrorCodes.ProgramNotExecutable,
                $"{path} is a directory, not a program. Name a program, or bring the folder as an overlay.", program.Subject);
        }

        Add(path, here.Path, TargetOf(program, path), moved: program.Target is not null, program.Subject, depth: 0);
    }

    private void Add(string path, string realPath, string target, bool moved, string? subject, int depth)
    {
        if (depth > MostInterpreters)
        {
            throw new MegatuxException(ErrorCodes.ProgramLinkLoop,
                $"{path}: more than {MostInterpreters} scripts interpret one another, which no kernel starts.", subject);
        }

        string full = source.Machine.PathOf(realPath);
        if (ElfFile.TryRead(full) is { } file)
        {
            AddElf(file, path, realPath, target, moved, subject);
            return;
        }

        if (ScriptLine.TryRead(full) is not { } script)
        {
            throw new MegatuxException(ErrorCodes.ProgramNotExecutable,
                $"{path} is neither an ELF program nor a script that starts with #!. Name a program, or bring the file in an overlay.", subject);
        }

        walk.Bring(path, target, mayReplace: true, subject);
        AddInterpreter(script.Interpreter, path, subject, depth);
        if (script.NamedThroughEnv is { } name)
            AddNamed(name, path, subject, depth);
    }

    private void AddElf(ElfFile file, string path, string realPath, string target, bool moved, string? subject)
    {
        if (file.Target != source.Target)
        {
            throw new MegatuxException(ErrorCodes.ProgramForeign,
                $"{path} is built for {file.Target}, and the image is for {source.Target}. Give a program built for the image's machine.", subject);
        }

        if (file.Kind is not (ElfKind.Executable or ElfKind.Shared))
        {
            throw new MegatuxException(ErrorCodes.ProgramNotExecutable,
                $"{path} is an ELF file but no program: an object file or kernel module. Name a program; modules go by the item KernelModule.", subject);
        }

        // A program that moves is laid there itself: what its links say holds only where they were.
        string place = walk.Bring(moved ? "/" + realPath : path, target, mayReplace: true, subject);
        walk.Follow(new ClosureObject(file, path, FolderOf(realPath), FolderOf(place), Loader: null), subject);
    }

    /// <summary>A script's interpreter: the lower image's own if it has one there.</summary>
    private void AddInterpreter(string interpreter, string script, string? subject, int depth)
    {
        if (interpreter.StartsWith('/') && ImagePath.FindFile(source.Lower, interpreter) is not null)
            return;
        if (!interpreter.StartsWith('/') || ImagePath.FindFile(source.Machine, interpreter) is not { } here)
        {
            string hint = interpreter.EndsWith('\r')
                ? "The first line ends in a carriage return: give the script Unix line ends."
                : "Install it or correct the script's first line.";
            throw new MegatuxException(ErrorCodes.InterpreterMissing,
                $"The script {script} asks for the interpreter {interpreter.TrimEnd('\r')}, which is neither on this machine nor in the image below. {hint}", subject);
        }

        Add(interpreter, here.Path, interpreter, moved: false, subject, depth + 1);
    }

    private void AddNamed(string name, string script, string? subject, int depth)
    {
        if (name.StartsWith('/'))
        {
            AddInterpreter(name, script, subject, depth);
            return;
        }

        foreach (string folder in SearchPath)
            if (ImagePath.FindFile(source.Lower, $"{folder}/{name}") is not null)
                return;
        foreach (string folder in SearchPath)
        {
            if (ImagePath.FindFile(source.Machine, $"{folder}/{name}") is { } here)
            {
                Add($"{folder}/{name}", here.Path, $"{folder}/{name}", moved: false, subject, depth + 1);
                return;
            }
        }

        throw new MegatuxException(ErrorCodes.InterpreterMissing,
            $"The script {script} asks for {name} through env, which is in none of {string.Join(':', SearchPath)}, neither on this machine nor in "
            + "the image below. Install it or correct the script's first line.", subject);
    }

    private static string TargetOf(ClosureProgram program, string path)
    {
        string target = program.Target ?? path;
        bool sound = target.Trim('/').Length > 0 && !target.EndsWith('/') && !target.Contains('\0')
            && !target.Split('/').Any(part => part is "." or "..");
        return sound ? target : throw new MegatuxException(ErrorCodes.ProgramTargetInvalid,
            $"\"{target}\" is no path for {path} inside the image: expected a file's path without . and .. (such as usr/bin/{Path.GetFileName(path)}).", program.Subject);
    }

    private static string FolderOf(string path) => "/" + ImagePath.FolderOf(path);
}
