namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>A root is too large for the file system that guests would share. Give guests less free space, or put less into their image.</summary>
    public const string FileSystemTooLarge = "MTX2801";

    /// <summary>
    /// Something in an image cannot be held by the file system that guests would share: more names of one file or folder than
    /// 32000, or a device number beyond 4095,1048575. Change it, or leave it out.
    /// </summary>
    public const string FileSystemCannotHold = "MTX2802";
}
