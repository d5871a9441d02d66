namespace Megatux.Imaging;

/// <summary>The usual permission bits, of what nobody gave others.</summary>
internal static class Modes
{
    /// <summary>0644: a file that its owner writes and all read.</summary>
    internal const int File = 0x1A4;

    /// <summary>0755: a program.</summary>
    internal const int Program = 0x1ED;

    /// <summary>0755: a directory.</summary>
    internal const int Directory = 0x1ED;

    /// <summary>0777: a symbolic link, whose mode nobody looks at.</summary>
    internal const int Link = 0x1FF;
}
