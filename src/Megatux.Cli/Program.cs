using System.CommandLine;
using Megatux.Cli;

return MegatuxCommand.Run(args, new InvocationConfiguration { Output = StandardOutput.Open() });
