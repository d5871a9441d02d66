using Megatux.Agents;
using Megatux.HostAgent;
using Megatux.Model;

if (args is ["front-end", var folder, var hosts, var images, .. var master])
    return FrontEnd.Run(folder, Enum.Parse<LocalHosts>(hosts), images, master is [var address] ? address : null);
if (args is [TreeProgram.Word, ..])
    return TreeProgram.Run(args);
if (args is [HostQuestion.Word, var request])
    return HostQuestion.Run(request);
if (args is [NextDeployment.Word, .. var words])
    return NextDeployment.Load(words);
if (args is [var word] && DhcpLease.IsEvent(word))
    return DhcpLease.Take(word);
if (args is [NodeView.Word, var build])
    return NodeView.Run(ImageKind.Host, build);
if (BootWords.AreOfContainer(args))
    return Host.Run(new BootWords(args), isContainer: true);
SystemFolders.Mount(SystemFolders.HostMemory);
ModuleList.Load();
return Host.Run(BootWords.OfKernel(), isContainer: false);
