using System.CommandLine;
using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary><c>megatux image ls</c>.</summary>
internal static partial class ImageCommand
{
    private static Command Ls()
    {
        Argument<string> image = ImageArgument();
        return Verb("ls", "List the names in every member of an image.\nExample: megatux image ls initramfs-guest.img", [image], (result, output) =>
        {
            using ImageReader reader = ImageReader.Open(result.GetValue(image)!);
            while (reader.Next() is { } record)
                output.WriteLine(record.Entry.Path);
            return 0;
        });
    }
}
