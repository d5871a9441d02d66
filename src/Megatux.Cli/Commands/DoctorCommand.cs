using System.CommandLine;
using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary><c>megatux doctor</c>.</summary>
internal static class DoctorCommand
{
    /// <summary>Exit code where nothing boots.</summary>
    private const int CannotBoot = 1;

    internal static Command Create()
    {
        var experiment = new Argument<string?>("EXPERIMENT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A built experiment, to see whether it fits here: its .megatux file, the folder of that, or an experiment.json.",
        };
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new Command("doctor", """
            Say what this machine can do, and how to get what is missing: one fact a line, ok, warning or missing. Changes nothing.
            Exit code 0: megatux boot can run here, with guests as containers at least, or the experiment given fits; 1: it cannot.
            Example: megatux doctor experiments/laptop
            """)
        {
            experiment, json,
        };
        command.SetAction(result => CommandRunner.Guard(() => Run(result.GetValue(experiment), result.GetValue(json), result.InvocationConfiguration.Output), result.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string? experiment, bool json, TextWriter output)
    {
        var machine = new ThisMachine();
        IEnumerable<Check> checks = MachineChecks.All(machine, new KernelCatalog());
        if (experiment is not null)
            checks = checks.Concat(ExperimentChecks.All(machine, ExperimentFile.Find(experiment)));
        var diagnosis = Diagnosis.Make(checks, (check, finding) =>
        {
            if (!json)
                output.WriteLine(DiagnosisText.Line(check, finding));
        });
        output.WriteLine(json ? DiagnosisText.Json(diagnosis) : DiagnosisText.Conclusion(diagnosis));
        return diagnosis.Obstacles.Any() ? CannotBoot : 0;
    }
}
