namespace Megatux.Linux;

/// <summary>What a name in a file system stands for.</summary>
public enum FileKind
{
    /// <summary>Something that this list does not know.</summary>
    Unknown,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>A character device node.</summary>
    CharacterDevice,

    /// <summary>A block device node.</summary>
    BlockDevice,

    /// <summary>A named pipe.</summary>
    Fifo,

    /// <summary>A unix socket's name.</summary>
    Socket,
}
