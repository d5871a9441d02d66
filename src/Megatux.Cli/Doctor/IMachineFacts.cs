using Megatux.Hypervisors;
using Megatux.Linux;

namespace Megatux.Cli;

/// <summary>What checks ask of the machine. Tests ask machines that they make up.</summary>
internal interface IMachineFacts
{
    /// <summary>True for root, also of a user namespace.</summary>
    bool IsRoot { get; }

    /// <summary>The user's name.</summary>
    string UserName { get; }

    /// <summary>The user's number in decimal.</summary>
    string UserNumber { get; }

    /// <summary>A file's text; null if it is not there or cannot be read.</summary>
    string? ReadText(string path);

    /// <summary>True if a file can be opened for reading and writing.</summary>
    bool CanOpen(string path);

    /// <summary>Full path of a program on the PATH, where whoever launches machines looks for it; or null.</summary>
    string? FindProgram(string name);

    /// <summary>What a program writes when it is asked for its version; null if it does not say in time or fails.</summary>
    string? VersionOf(string program);

    /// <summary>The file system of a path; null if there is none.</summary>
    FileSystemStatus? FileSystemOf(string path);

    /// <summary>Memory.</summary>
    MachineMemory Memory { get; }

    /// <summary>Why namespaces cannot be made; null if they can be. A user without privileges makes them in a user namespace.</summary>
    string? NamespaceRefusal(Namespaces kinds, bool inUserNamespace);

    /// <summary>Why something cannot be done to a network of its own, which is thrown away; null if it can be.</summary>
    string? NetworkRefusal(Action<NetworkSetup> trial);

    /// <summary>Why no container with an overlay as its root can be started; null if one was, and has ended.</summary>
    string? ContainerRefusal();

    /// <summary>Boots a kernel on KVM, which takes some seconds where that hangs.</summary>
    KvmProbe TryKvm(string kernel);
}
