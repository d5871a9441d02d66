using System.CommandLine;
using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary><c>megatux image extract</c>.</summary>
internal static partial class ImageCommand
{
    private static Command Extract()
    {
        Argument<string> image = ImageArgument();
        var paths = new Argument<string[]>("PATH")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Unpack only these names of the image, with what is below them.",
        };
        var folder = new Option<string>("--to") { Description = "Where to: a folder that is empty or does not exist.", HelpName = "DIR", Required = true };
        return Verb("extract", """
            Unpack an image as the kernel does, all members one over the other, without ever writing outside the folder.
            Owners and device nodes need root; what is left out without it is counted.
            Example: megatux image extract initramfs-guest.img etc --to look
            """, [image, paths, folder], (result, output) =>
        {
            TextWriter error = result.InvocationConfiguration.Error;
            string to = result.GetValue(folder)!;
            ExtractionSummary done = ImageExtraction.Run(result.GetValue(image)!, to, result.GetValue(paths) ?? [],
                dropped => error.WriteLine($"dropped, as the kernel does: {dropped}"));
            output.WriteLine($"{to}: {Plural(done.Names, "name")}, {Sizes.Of(done.ContentLength)}{Skipped(done)}");
            return 0;
        });
    }

    private static string Skipped(ExtractionSummary done)
    {
        string text = done.Dropped > 0 ? $"; {done.Dropped} dropped" : "";
        if (done.SkippedDevices > 0)
            text += $"; {Plural(done.SkippedDevices, "device node")} left out (only root can make them)";
        if (done.SkippedOwners > 0)
            text += $"; {Plural(done.SkippedOwners, "name")} not given to the owner (only root can)";
        return text;
    }
}
