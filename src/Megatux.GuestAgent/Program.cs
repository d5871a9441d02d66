using Megatux.Agents;
using Megatux.GuestAgent;

return Guest.Run(BootWords.Read(args), isContainer: args.Length > 0);
