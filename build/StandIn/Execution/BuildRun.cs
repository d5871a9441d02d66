namespace Nuke.Common.Execution;

/// <summary>One call of a build: reads the command line, then helps, plans or runs.</summary>
internal sealed class BuildRun(NukeBuild build, IReadOnlyList<Target> defaults, TextWriter output,
    Func<string, string?> environment)
{
    private const string TargetOption = "Target";
    private const string SkipOption = "Skip";
    private const string HelpOption = "Help";
    private const string PlanOption = "Plan";

    public int Execute(IReadOnlyList<string> arguments)
    {
        IReadOnlyList<ExecutableTarget> plan;
        try
        {
            var line = new CommandLine(arguments);
            var targets = new TargetSet(build);
            IReadOnlyList<Parameter> parameters = Parameter.Of(build);
            line.AllowOnly([.. parameters.Select(parameter => parameter.Name), TargetOption, SkipOption, HelpOption, PlanOption]);
            foreach (Parameter parameter in parameters)
                parameter.Inject(build, line, environment);

            ExecutableTarget[] standard = [.. defaults.Select(factory => targets[factory])];
            ExecutableTarget[] named = [.. line.Targets.Concat(line.ValuesOf(TargetOption) ?? []).Select(targets.Named)];
            IReadOnlyList<ExecutableTarget> invoked = named.Length > 0 ? named : standard;
            plan = ExecutionPlan.For(targets, invoked);
            MarkSkipped(plan, invoked, line.ValuesOf(SkipOption)?.Select(targets.Named).ToArray());
            if (line.Switch(PlanOption) ?? false)
                HelpText.WritePlan(output, plan, targets);
            if (line.Switch(HelpOption) ?? false)
                HelpText.Write(output, targets, standard, parameters);
            if ((line.Switch(PlanOption) ?? false) || (line.Switch(HelpOption) ?? false))
                return 0;
            new Preparation(plan).Check();
        }
        catch (BuildException problem)
        {
            output.WriteLine($"error: {problem.Message}");
            return NukeBuild.FailureExitCode;
        }

        bool succeeded = new Executor(plan, output).Run();
        Summary.Write(output, plan, succeeded);
        build.Finish();
        return succeeded ? 0 : NukeBuild.FailureExitCode;
    }

    // "--skip A B" skips those; a bare "--skip" skips all that was not asked for by name.
    private static void MarkSkipped(IReadOnlyList<ExecutableTarget> plan, IReadOnlyList<ExecutableTarget> invoked,
        ExecutableTarget[]? skipped)
    {
        if (skipped is null)
            return;
        foreach (ExecutableTarget target in plan)
            if (skipped.Length > 0 ? skipped.Contains(target) : !invoked.Contains(target))
                (target.Status, target.SkipReason) = (ExecutionStatus.Skipped, "--skip");
    }
}
