using System.CommandLine;

namespace Megatux.Cli;

/// <summary><c>megatux image</c>: looks at boot images, takes them apart and tries them. One file a verb.</summary>
internal static partial class ImageCommand
{
    internal static Command Create() =>
        new("image", """
            Look into boot images (initramfs) as the kernel does: every member, not only the first.
            Example: megatux image ls initramfs-guest.img
            """)
        {
            Ls(),
            Verify(),
            Diff(),
            Extract(),
            Boot(),
        };

    private static Argument<string> ImageArgument(string name = "IMG") =>
        new(name) { Description = "An initramfs image: archives in cpio's newc format, compressed or not." };

    /// <summary>Makes a verb whose body's result is the exit code.</summary>
    private static Command Verb(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, TextWriter, int> body)
    {
        var command = new Command(name, description);
        foreach (Symbol symbol in symbols)
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        command.SetAction(result => CommandRunner.Guard(() => body(result, result.InvocationConfiguration.Output), result.InvocationConfiguration.Error));
        return command;
    }
}
