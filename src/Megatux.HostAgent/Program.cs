using Megatux.Agents;
using Megatux.HostAgent;

return args switch
{
    ["front-end", var folder, var hosts] => FrontEnd.Run(folder, Enum.Parse<LocalHosts>(hosts)),
    [var word] when DhcpLease.IsEvent(word) => DhcpLease.Take(word),
    _ => Host.Run(BootWords.Read(args), isContainer: args.Length > 0),
};
