using System.CommandLine;
using Megatux.Names;

namespace Megatux.Cli;

/// <summary><c>megatux names</c>: an experiment's names by DNS, for machines that are not part of it.</summary>
internal static class NamesCommand
{
    private const string DefaultListen = "127.0.0.1:5353";

    internal static Command Create()
    {
        var experiment = new Argument<string>("EXPERIMENT")
        {
            Description = "A built experiment: its .megatux file, the folder of that, or an experiment.json.",
        };
        var listen = new Option<string>("--listen")
        {
            Description = "The IPv4 address and port to serve on; 0.0.0.0 for all addresses, port 0 for any that is free.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => DefaultListen,
        };
        var command = new Command("names", """
            Serve the names and addresses of all hosts and guests by DNS (UDP and TCP), until Ctrl-C.
            Names are served as `megatux plan` shows them, and below the experiment's domain: vm7.laptop0 and
            vm7.laptop0.laptop.megatux. Whatever is not of the experiment is refused.
            Example: megatux names experiments/laptop --listen 127.0.0.1:5353
                     dig -p 5353 @127.0.0.1 vm7.laptop0
            """)
        {
            experiment,
            listen,
        };
        command.SetAction((result, cancellation) => CommandRunner.GuardAsync(async () =>
        {
            TextWriter output = result.InvocationConfiguration.Output;
            await NamesProgram.ServeAsync(
                ExperimentFile.Find(result.GetValue(experiment)!).Load().Experiment,
                NamesProgram.ParseEndPoint(result.GetValue(listen)!),
                (where, domain) =>
                {
                    output.WriteLine($"Serving names of {domain} at {where}, UDP and TCP. Ctrl-C ends it.");
                    output.Flush();
                },
                cancellation).ConfigureAwait(false);
            return 0;
        }, result.InvocationConfiguration.Error));
        return command;
    }
}
