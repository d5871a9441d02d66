using Megatux.Agents;
using Megatux.HostAgent;
using Megatux.Linux;

if (args is ["front-end", var folder])
    return FrontEnd.Run(folder);
if (BootWords.AreOfContainer(args))
    return Host.Run(new BootWords(args), isContainer: true);
SystemFolders.Mount(SystemFolders.HostMemory, MountOptions.NoSetUid | MountOptions.NoDevices);
ModuleList.Load();
return Host.Run(BootWords.OfKernel(), isContainer: false);
