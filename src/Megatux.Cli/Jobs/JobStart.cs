using Megatux.Model;
using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Starts a job on the nodes that a person means, and shows it to its end.</summary>
internal sealed class JobStart
{
    /// <summary>The experiment.</summary>
    internal required RunningExperiment Running { get; init; }

    /// <summary>The nodes, as they were typed.</summary>
    internal required string Nodes { get; init; }

    /// <summary>What they start.</summary>
    internal required JobSpec Spec { get; init; }

    /// <summary>The program that travels there; null to run what nodes have.</summary>
    internal PushedProgram? Program { get; init; }

    /// <summary>Shows what comes of it; is told the nodes. Null to return at once.</summary>
    internal required Func<NodeSet, IJobDisplay>? Display { get; init; }

    /// <summary>Whether nodes are also named by number.</summary>
    internal bool Numbers { get; init; }

    /// <summary>How long to wait; null for as long as it takes.</summary>
    internal TimeSpan? Limit { get; init; }

    /// <summary>Whether the result is told for programs.</summary>
    internal bool IsJson { get; init; }

    /// <summary>Starts it.</summary>
    /// <returns>The exit code.</returns>
    internal int Run(TextWriter output, TextWriter error)
    {
        XprocClient client = Running.Jobs();
        Experiment plan = Running.Plan();
        NodeSet asked = NodeSelection.Of(plan, Nodes, () => client.NodesAsync().GetAwaiter().GetResult(), Numbers);
        NodeSet nodes = asked.Intersect(plan.Everything), unknown = asked.Except(nodes);
        if (nodes.IsEmpty)
            throw new MegatuxException(ErrorCodes.NodesUnknown, $"'{Nodes}' names no node of {plan.Name}: its nodes are {plan.Everything}.");
        if (!unknown.IsEmpty)
            error.WriteLine(new Problem(ErrorCodes.NodesUnknown, $"{plan.Name} has no {unknown}: the other {nodes.Count} nodes run the command."));
        IJobDisplay? display = Display?.Invoke(nodes);
        if (Program is not null)
            client.BringAsync(Program).GetAwaiter().GetResult();
        using XprocJob job = client.RunAsync(Spec with { Bundle = Program?.Id }, nodes).GetAwaiter().GetResult();
        if (display is null)
        {
            output.WriteLine(JobNumber.Text(job.Head.Number));
            return unknown.IsEmpty ? 0 : JobResult.NotRun;
        }

        return Follow(client, job, display, unknown, Limit, IsJson, hasInput: Spec.HasInput, output, error);
    }

    /// <summary>Shows a job to its end.</summary>
    /// <returns>The exit code.</returns>
    internal static int Follow(XprocClient client, XprocJob job, IJobDisplay display, NodeSet unknown, TimeSpan? limit, bool isJson, bool hasInput, TextWriter output, TextWriter error)
    {
        using Stream? input = hasInput ? Console.OpenStandardInput() : null;
        var follow = new JobFollow(job, display, ByteOutput.OfError(error)) { Limit = limit, Input = input, TellsRefusals = !isJson };
        int? early = follow.Run();
        JobResult result = early is null ? job.Result : SoFar(client, job);
        if (isJson)
        {
            ByteOutput json = ByteOutput.Of(output);
            json.Write(JobJson.Of(job.Head.Number, result, unknown));
            json.Flush();
        }
        else if (ResultText.Of(result, unknown) is { } text)
        {
            error.WriteLine(text);
        }

        return early ?? (unknown.IsEmpty ? result.ExitCode : Math.Max(result.ExitCode, JobResult.NotRun));
    }

    // The root knows more than was shown, of a job that is followed from now on in particular.
    private static JobResult SoFar(XprocClient client, XprocJob job) =>
        client.ListAsync().GetAwaiter().GetResult().FirstOrDefault(known => known.Head.Number == job.Head.Number)?.Result ?? job.Result;
}
