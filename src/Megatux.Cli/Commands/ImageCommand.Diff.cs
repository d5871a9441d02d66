using System.CommandLine;
using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary><c>megatux image diff</c>.</summary>
internal static partial class ImageCommand
{
    private static Command Diff()
    {
        Argument<string> before = ImageArgument("A");
        Argument<string> after = ImageArgument("B");
        return Verb("diff", """
            Compare what two images unpack to, all members one over the other: names added (+), removed (-) and changed (!) in
            contents, type, mode, owner, link target or device. How they are packed does not count. The exit code is 0 for
            images that are the same, 1 for others.
            Example: megatux image diff old/initramfs-guest.img initramfs-guest.img
            """, [before, after], (result, output) =>
        {
            int exitCode = 0;
            foreach (ImageDifference difference in ImageComparison.Compare(result.GetValue(before)!, result.GetValue(after)!))
            {
                exitCode = Faulty;
                string path = PathText.Show(difference.Path);
                output.WriteLine(difference switch
                {
                    { Before: null } => $"+ {path}: {difference.After}",
                    { After: null } => $"- {path}: {difference.Before}",
                    _ => $"! {path}: {string.Join("; ", difference.Changes)}",
                });
            }

            return exitCode;
        });
    }
}
