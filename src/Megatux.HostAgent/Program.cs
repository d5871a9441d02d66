using Megatux.Agents;
using Megatux.HostAgent;

return args is ["front-end", var folder] ? FrontEnd.Run(folder) : Host.Run(BootWords.Read(args), isContainer: args.Length > 0);
