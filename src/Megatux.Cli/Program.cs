using System.CommandLine;
using Megatux.Cli;

return MegatuxCommand.Run(CommandName.Resolve(args), new InvocationConfiguration { Output = StandardOutput.Open() });
