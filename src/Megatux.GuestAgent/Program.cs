using Megatux.Agents;
using Megatux.GuestAgent;
using Megatux.Linux;

if (BootWords.AreOfContainer(args))
    return Guest.Run(new BootWords(args), isContainer: true);
SystemFolders.Mount(SystemFolders.GuestMemory, MountOptions.NoSetUid | MountOptions.NoDevices);
ModuleList.Load();
return Guest.Run(BootWords.OfKernel(), isContainer: false);
