using Megatux.Agents;
using Megatux.GuestAgent;
using Megatux.Model;

if (args is [NodeView.Word, var build])
    return NodeView.Run(ImageKind.Guest, build);
if (BootWords.AreOfContainer(args))
    return Guest.Run(new BootWords(args), isContainer: true);
SystemFolders.Mount(SystemFolders.GuestMemory);
ModuleList.Load();
return Guest.Run(BootWords.OfKernel(), isContainer: false);
