using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>The kernel's command line in a deployment's boot script, for kernels that are started in another way than by iPXE.</summary>
internal static class ScriptWords
{
    private const string KernelCommand = "kernel ", Initrd = "initrd=", NextCommand = "||", Variable = "${";

    /// <summary>Reads it. What iPXE alone knows is left out.</summary>
    /// <param name="path">The script.</param>
    /// <exception cref="MegatuxException">It names no kernel.</exception>
    internal static string Of(string path)
    {
        string line = Array.Find(HashedFile.Read(path, File.ReadAllLines), line => line.StartsWith(KernelCommand, StringComparison.Ordinal))
            ?? throw new MegatuxException(ErrorCodes.BuildIncomplete, $"{path} has no line 'kernel FILE WORDS', as the SDK's {OutputNames.BootScript}.hbs does: mend the template, build the experiment and deploy it again.");
        return string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(2).TakeWhile(word => word != NextCommand)
            .Where(word => !word.StartsWith(Initrd, StringComparison.Ordinal) && !word.Contains(Variable, StringComparison.Ordinal)));
    }
}
