using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.EndToEnd.Tests;

/// <summary>
/// An initramfs for one test, made by the tools that the kernel's own documentation names: busybox, whatever the test adds,
/// packed by cpio. It owes nothing to the code that makes the real images.
/// </summary>
internal sealed class ThrowawayImage : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempFolder _folder = new();

    public ThrowawayImage()
    {
        string busybox = Command.Find("busybox") ?? "";
        if (busybox.Length == 0 || Command.Find("cpio") is null)
            Assert.Skip("busybox (package busybox-static) or cpio is not installed.");
        CopyFile("bin/busybox", busybox);
        System.IO.File.SetUnixFileMode(_folder["root/bin/busybox"], Executable);
        foreach (string name in Command.Run(busybox, ["--list"]).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (name != "busybox")
                System.IO.File.CreateSymbolicLink(_folder[$"root/bin/{name}"], "busybox");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Makes an agent the first process.</summary>
    public void Agent(ImageKind kind)
    {
        string agent = OutputNames.Agent(kind);
        CopyFile($"sbin/{agent}", Repository.At($"artifacts/agents/{agent}"));
        System.IO.File.SetUnixFileMode(_folder[$"root/sbin/{agent}"], Executable);
        System.IO.File.CreateSymbolicLink(_folder["root/init"], $"sbin/{agent}");
    }

    /// <summary>Adds a text file.</summary>
    public void File(string path, string text) => _folder.Write($"root/{path}", text);

    /// <summary>Adds a copy of a file.</summary>
    public void CopyFile(string path, string from) => _folder.Write($"root/{path}", System.IO.File.ReadAllBytes(from));

    /// <summary>Adds an executable shell script.</summary>
    public void Script(string path, string body) =>
        System.IO.File.SetUnixFileMode(_folder.Write($"root/{path}", $"#!/bin/sh\n{body}\n"), Executable);

    /// <summary>Puts an executable shell script in the place of what is there.</summary>
    public void Replace(string path, string body)
    {
        System.IO.File.Delete(_folder[$"root/{path}"]);
        Script(path, body);
    }

    /// <summary>Boots under UML to its end and returns what the console showed.</summary>
    public string BootUml(string arguments) => Uml.Boot(Pack(), _folder["uml"], arguments);

    /// <summary>Boots under UML to its end, types a text at the prompt, and returns what the console showed.</summary>
    public Task<string> ConverseUml(string arguments, string prompt, string text) =>
        Uml.Converse(Pack(), _folder["uml"], arguments, prompt, text);

    /// <summary>Boots under QEMU to its end and returns what the console showed.</summary>
    public string BootQemu(string arguments) => Qemu.Boot(Pack(), arguments);

    /// <summary>Packs what was added and returns the archive's path.</summary>
    public string Pack()
    {
        string image = _folder["image"];
        Command.Run("sh", ["-c", $"find . | cpio --quiet -o -H newc >{image}"], _folder["root"]).Succeeded();
        return image;
    }
}
