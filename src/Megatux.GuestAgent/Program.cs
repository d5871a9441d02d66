using Megatux.Agents;
using Megatux.GuestAgent;

if (BootWords.AreOfContainer(args))
    return Guest.Run(new BootWords(args), isContainer: true);
SystemFolders.Mount(SystemFolders.GuestMemory);
ModuleList.Load();
return Guest.Run(BootWords.OfKernel(), isContainer: false);
