using System.CommandLine;
using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary><c>megatux image verify</c>.</summary>
internal static partial class ImageCommand
{
    /// <summary>Exit code of <c>verify</c> for an image with faults, of <c>diff</c> for images that differ.</summary>
    private const int Faulty = 1;

    private static Command Verify()
    {
        Argument<string> image = ImageArgument();
        return Verb("verify", """
            Read all of an image, checksums and all, and print what is damaged and what the kernel would do without a word:
            files dropped for lack of a parent, names too long, links replaced by directories, hard links without contents.
            The exit code is 0 for an image without faults, 1 for one with.
            Example: megatux image verify initramfs-guest.img
            """, [image], (result, output) =>
        {
            string path = result.GetValue(image)!;
            long faults = 0;
            ImageContents contents = ImageVerifier.Run(path, found =>
            {
                faults++;
                output.WriteLine($"{path}: {found}");
            });
            if (faults > 0)
                return Faulty;
            output.WriteLine($"{path}: {Plural(contents.Members, "member")}, {Plural(contents.Entries, "entry", "entries")}, {Sizes.Of(contents.ContentLength)} of contents: no faults");
            return 0;
        });
    }

    private static string Plural(long count, string one, string? many = null) =>
        count == 1 ? $"1 {one}" : FormattableString.Invariant($"{count} {many ?? one + "s"}");
}
