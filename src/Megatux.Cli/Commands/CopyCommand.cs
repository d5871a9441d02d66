using System.CommandLine;
using Megatux.Model;
using Megatux.Xproc;
using static Megatux.Cli.CommandParts;

namespace Megatux.Cli;

/// <summary>megatux cp, and bpcp, which is the same: files to nodes, and from them.</summary>
internal static class CopyCommand
{
    /// <summary>The names that the command goes by.</summary>
    internal const string Name = "cp", BprocName = "bpcp";

    // What cp(1) does on the node, but for a place that would take several files for one.
    private const string Place = """
        to=$1 own=$2; shift 2
        [ $# -eq 1 ] || [ -d "$to" ] || { echo "$to is no folder of this node, and $# files are to come there" >&2; exit 1; }
        into=$to; [ ! -d "$to" ] || into=
        cp -fR "$@" "$to" || exit
        [ -z "$own" ] || . "$own"
        """;

    internal static Command Create(string name)
    {
        var paths = new Argument<string[]>("SOURCE... TARGET") { Arity = ArgumentArity.OneOrMore, Description = "Files and folders; those of nodes as NODES:PATH, a path on nodes beginning at their root. Either the target is on nodes, or the one source is." };
        var preserve = new Option<bool>("--preserve", "-p") { Description = "Keep modes, times and the numbers of owners." };
        var recursive = new Option<bool>("--recursive", "-r") { Description = "Copy folders with all that is in them." };
        Option<string?> experiment = ExperimentOption();
        return Of(name, """
            Copy files and folders of this machine to nodes, to all at once; or from nodes to this machine, where those of several
            nodes come into a folder each, of the node's name. What nodes had of the same name is replaced.
            Exit code: as of megatux run.
            Example: megatux cp -r bots/ all:/opt
            Example: megatux cp 'vm[0-9].laptop0:/var/log/messages' logs
            """, [paths, preserve, recursive, experiment], result =>
        {
            string[] all = result.GetValue(paths)!;
            var copy = new Copy(RunningExperiment.Find(result.GetValue(experiment)), result.GetValue(recursive), result.GetValue(preserve), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            NodePath?[] ends = [.. all.Select(NodePath.TryParse)];
            return ends switch
            {
                [.. [_, ..] and var sources, { } target] when sources.All(source => source is null) => copy.To(target, all[..^1]),
                [{ } source, null] => copy.From(source, all[1]),
                _ => throw new MegatuxException(ErrorCodes.JobMalformed, $"'{string.Join(' ', all)}': either the last is NODES:PATH, or the first of two is."),
            };
        });
    }

    private sealed record Copy(RunningExperiment Running, bool IsRecursive, bool Preserves, TextWriter Output, TextWriter Error)
    {
        internal int To(NodePath target, string[] sources)
        {
            foreach (string source in sources)
                if (!IsRecursive && Directory.Exists(source))
                    throw new MegatuxException(ErrorCodes.JobMalformed, $"{source} is a folder: copy it with all that is in it by -r.");
            using KeptAttributes? kept = Preserves ? KeptAttributes.Of(sources) : null;
            PushedProgram files = PushedProgram.Pack(null, kept is null ? sources : [.. sources, kept.Path]);
            return Start(target, ["/bin/sh", "-c", Place, "sh", target.Path, kept is null ? "" : PushedProgram.PlaceOf(kept.Path), .. sources.Select(PushedProgram.PlaceOf)], files,
                _ => new FoldedDisplay(ByteOutput.Of(Output), ByteOutput.OfError(Error)));
        }

        internal int From(NodePath source, string target)
        {
            string path = source.Path.TrimEnd('/');
            if (path.Length == 0)
                throw new MegatuxException(ErrorCodes.JobMalformed, "The whole file system of a node cannot be copied: name a file or folder of it.");
            int slash = path.LastIndexOf('/');
            using var fetched = new FetchedFiles(ByteOutput.OfError(Error), path[(slash + 1)..], IsRecursive, Preserves);
            int code = Start(source, ["tar", "-cf", "-", "-C", slash > 0 ? path[..slash] : "/", path[(slash + 1)..]], null, nodes => fetched.For(nodes));
            return Math.Max(code, fetched.Place(target));
        }

        private int Start(NodePath nodes, string[] words, PushedProgram? files, Func<NodeSet, IJobDisplay> display) => new JobStart
        {
            Running = Running,
            Nodes = nodes.Nodes,
            Numbers = true,
            Spec = new JobSpec { Words = words },
            Program = files,
            Display = display,
        }.Run(Output, Error);
    }
}
