namespace Megatux.Imaging;

/// <summary>
/// Modes of what people keep in checkouts. A checkout holds of a mode only whether a file is executable; the rest is the
/// umask's, and the two that are usual, 022 and 002, differ in the group's right to write. Two clones must give the same
/// image, so that this right does not count unless everyone has it: the group in an image is root's anyway. All else is
/// as on the disk, so that chmod means what it says; the mtree file beside an overlay can say any mode.
/// </summary>
internal static class CheckoutMode
{
    private const int GroupWrite = 0x10; // 0020
    private const int OtherWrite = 0x02; // 0002

    internal static int Of(int mode) => (mode & OtherWrite) == 0 ? mode & ~GroupWrite : mode;
}
