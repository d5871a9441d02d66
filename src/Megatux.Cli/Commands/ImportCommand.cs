using System.CommandLine;
using System.Text;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary><c>megatux import</c>: a classic VMatic file becomes a project.</summary>
internal static class ImportCommand
{
    private const string ProjectExtension = ".megatux";

    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A classic VMatic file: lines of NAME=VALUE." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The project to write; the file's own name with .megatux unless given. Relative paths are adapted to its folder.",
        };
        var force = new Option<bool>("--force", "-f") { Description = "Overwrite a project that exists." };
        var keepUnknown = new Option<bool>("--keep-unknown") { Description = "Keep settings that are not known as comments instead of failing." };
        var command = new Command("import", "Turn a classic VMatic file into a project.\nExample: megatux import vmatic.conf --output experiment.megatux")
        {
            file, output, force, keepUnknown,
        };
        command.SetAction(result => CommandRunner.Guard(() =>
        {
            string source = result.GetValue(file)!;
            string target = result.GetValue(output) ?? Path.ChangeExtension(source, ProjectExtension);
            Import(source, target, result.GetValue(force), result.GetValue(keepUnknown));
            result.InvocationConfiguration.Output.WriteLine($"Wrote {target}. Build it with: dotnet build {target}");
            return 0;
        }, result.InvocationConfiguration.Error));
        return command;
    }

    private static void Import(string source, string target, bool force, bool keepUnknown)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
            throw new MegatuxException(ErrorCodes.ImportOutputExists,
                "The project would take the classic file's own place: choose another name with --output.", where: new SourceLocation(target));
        string text = Read(source);
        string from = Folder(source);
        string to = Folder(target);
        string project = ClassicVmaticImport.ToProject(text, source, keepUnknown,
            path => Path.IsPathRooted(path) || from == to ? path : Path.GetRelativePath(to, Path.Combine(from, path)));
        Write(target, project, force);
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.ClassicUnreadable,
                $"The file cannot be read: {error.Message} Expected a classic VMatic file.", where: new SourceLocation(path), inner: error);
        }
    }

    /// <summary>Writes beside the target first, so that no half-written project is ever there.</summary>
    private static void Write(string path, string text, bool force)
    {
        string passing = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            if (!force && File.Exists(path))
                throw Exists(path);
            File.WriteAllText(passing, text, WithoutMark);
            File.Move(passing, path, force);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw !force && File.Exists(path) ? Exists(path) : new MegatuxException(ErrorCodes.ImportOutputUnwritable,
                $"The project cannot be written: {error.Message} Choose another place with --output.", where: new SourceLocation(path), inner: error);
        }
        finally
        {
            if (File.Exists(passing))
                File.Delete(passing);
        }
    }

    private static MegatuxException Exists(string path) => new(ErrorCodes.ImportOutputExists,
        "The project exists already and was left as it is: choose another name with --output, or overwrite it with --force.", where: new SourceLocation(path));
}
