using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class ClosureScriptTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_brings_its_interpreter_and_what_that_needs()
    {
        _folder.Write("bin/script", "#! /bin/lang -x\n");
        _folder.Write("bin/lang", new Forge(ElfTarget.ThisMachine) { Needed = ["liblang.so.1"] }.Bytes());
        _folder.Write("usr/lib/liblang.so.1", new Forge(ElfTarget.ThisMachine).Bytes());
        Assert.Equal("bin/lang bin/script usr/lib/liblang.so.1", Files("/bin/script"));
    }

    [Theory]
    [InlineData("#!/usr/bin/env lang")]
    [InlineData("#!/usr/bin/env -S lang -x")]
    [InlineData("#!/usr/bin/env -Slang")]
    [InlineData("#!/usr/bin/env -i A=1 lang")]
    public void A_script_that_names_its_interpreter_through_env_brings_both(string line)
    {
        _folder.Write("bin/script", line + "\nbody\n");
        _folder.Write("usr/bin/env", new Forge(ElfTarget.ThisMachine).Bytes());
        _folder.Write("usr/local/bin/lang", new Forge(ElfTarget.ThisMachine) { SoName = "lang" }.Bytes());
        Assert.Equal("bin/script usr/bin/env usr/local/bin/lang", Files("/bin/script"));
    }

    [Fact]
    public void The_interpreter_that_the_base_has_is_kept()
    {
        _folder.Write("bin/script", "#!/bin/sh\n");
        _folder.Write("bin/sh", new Forge(ElfTarget.ThisMachine).Bytes());
        var lower = new EntriesView([Below.Folder("bin"), Below.Link("bin/sh", "busybox"), Below.File("bin/busybox", [1, 2, 3])]);
        Assert.Equal("bin/script", Files("/bin/script", lower));
    }

    [Fact]
    public void A_script_may_be_interpreted_by_a_script_but_not_for_ever()
    {
        _folder.Write("bin/one", "#!/bin/two\n");
        _folder.Write("bin/two", "#!/bin/lang\n");
        _folder.Write("bin/lang", new Forge(ElfTarget.ThisMachine).Bytes());
        Assert.Equal("bin/lang bin/one bin/two", Files("/bin/one"));
        _folder.Write("bin/self", "#!/bin/self\n");
        Fails(ErrorCodes.ProgramLinkLoop, "/bin/self", "interpret one another");
    }

    [Fact]
    public void A_missing_interpreter_is_an_error_that_says_why()
    {
        _folder.Write("bin/gone", "#!/bin/none\n");
        _folder.Write("bin/windows", "#!/bin/lang\r\n");
        _folder.Write("bin/lang", new Forge(ElfTarget.ThisMachine).Bytes());
        _folder.Write("bin/relative", "#!lang\n");
        _folder.Write("bin/named", "#!/bin/env nolang\n");
        _folder.Write("bin/env", new Forge(ElfTarget.ThisMachine).Bytes());
        _folder.Write("bin/nothing", "#!\n");
        Fails(ErrorCodes.InterpreterMissing, "/bin/gone", "/bin/none");
        Fails(ErrorCodes.InterpreterMissing, "/bin/windows", "carriage return");
        Fails(ErrorCodes.InterpreterMissing, "/bin/relative", "lang");
        Fails(ErrorCodes.InterpreterMissing, "/bin/named", "nolang");
        Fails(ErrorCodes.ProgramNotExecutable, "/bin/nothing", "#!");
    }

    private string Files(string program, IImageView? lower = null) => string.Join(' ',
        ProgramClosure.Compute([new ClosureProgram(program)], new ClosureOptions { Root = _folder.Path, Lower = lower ?? EmptyImageView.Instance })
            .Where(entry => entry.Kind != EntryKind.Directory).Select(entry => entry.Path));

    private void Fails(string code, string program, string says)
    {
        MegatuxException e = Assert.Throws<MegatuxException>(() => Files(program));
        Assert.Equal(code, e.Problem.Code);
        Assert.Contains(says, e.Message);
        Assert.Contains(program, e.Message);
    }
}
