using System.Diagnostics;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Xproc.Tests;

public sealed class PushedProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_program_runs_by_its_own_loader_and_libraries_wherever_it_is_put()
    {
        PushedProgram program = Pack("/bin/echo", []);
        string place = Unpack(program);
        Assert.Equal("hello\n", Execute(program, place, "hello"));

        // Not those of this machine: without its own it does not start.
        Directory.Delete(Path.Combine(place, "lib"), recursive: true);
        Assert.ThrowsAny<Exception>(() => Execute(program, place, "hello"));
    }

    [Fact]
    public void A_script_and_files_travel_as_they_are()
    {
        string script = _folder["run.sh"], data = _folder["data"];
        File.WriteAllText(script, "#!/bin/sh\ncat \"$(dirname \"$0\")/data/inner/text\" \"$(dirname \"$0\")/data/link\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Path.Combine(data, "inner"));
        File.WriteAllText(Path.Combine(data, "inner", "text"), "text\n");
        File.CreateSymbolicLink(Path.Combine(data, "link"), "inner/text");
        PushedProgram program = Pack(script, [data]);
        Assert.Equal(["/xproc/run.sh"], program.Start);
        Assert.Equal("text\ntext\n", Execute(program, Unpack(program)));
    }

    [Fact]
    public async Task What_is_there_already_is_not_sent_again_and_of_a_change_only_the_file_is()
    {
        string one = Large("one", 1), two = Large("two", 2);
        using var root = new TestRoot(1);
        XprocClient client = root.Connect();
        PushedProgram program = Pack(null, [one, two]);
        Assert.InRange(await client.BringAsync(program, TestContext.Current.CancellationToken), program.Length, program.Length + 1000);
        Assert.Equal(0, await client.BringAsync(Pack(null, [one, two]), TestContext.Current.CancellationToken));
        Large("two", 3);
        PushedProgram changed = Pack(null, [one, two]);
        Assert.NotEqual(program.Id, changed.Id);
        Assert.InRange(await client.BringAsync(changed, TestContext.Current.CancellationToken), 200_000, 201_000);
    }

    [Fact]
    public void What_cannot_travel_is_refused_by_its_path()
    {
        string text = _folder["text"], pipe = _folder["folder"];
        File.WriteAllText(text, "no program");
        Directory.CreateDirectory(pipe);
        Assert.Equal(0, Run("mkfifo", Path.Combine(pipe, "pipe")));
        Assert.Contains("nowhere", Assert.Throws<MegatuxException>(() => Pack(_folder["nowhere"], [])).Message, StringComparison.Ordinal);
        Assert.Contains(text, Assert.Throws<MegatuxException>(() => Pack(text, [])).Message, StringComparison.Ordinal);
        Assert.Contains("pipe", Assert.Throws<MegatuxException>(() => Pack(null, [pipe])).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["a"]);
        File.WriteAllText(Path.Combine(_folder["a"], "text"), "another");
        Assert.Contains("rename", Assert.Throws<MegatuxException>(() => Pack(null, [text, Path.Combine(_folder["a"], "text")])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Large(string name, byte value)
    {
        byte[] bytes = new byte[200_000];
        Array.Fill(bytes, value);
        File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }

    private static PushedProgram Pack(string? program, string[] files) => PushedProgram.Pack(program, files, TestContext.Current.CancellationToken);

    private string Unpack(PushedProgram program)
    {
        var files = new List<string>();
        foreach (LooseMember part in program.Parts)
        {
            files.Add(_folder[$"part{files.Count}"]);
            using FileStream file = File.Create(files[^1]);
            part.Write(file, TestContext.Current.CancellationToken);
        }

        string place = _folder["place"];
        ImageExtraction.Run(files, place);
        return place;
    }

    private static string Execute(PushedProgram program, string place, params string[] arguments)
    {
        string[] words = [.. program.Start.Select(word => word.Replace(PushedProgram.Folder, place, StringComparison.Ordinal)), .. arguments];
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static int Run(string program, string argument)
    {
        using Process process = Process.Start(program, [argument]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
