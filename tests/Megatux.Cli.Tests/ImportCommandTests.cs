using System.CommandLine;
using System.Xml.Linq;
using Megatux.Model;

namespace Megatux.Cli.Tests;

public sealed class ImportCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_classic_file_becomes_a_project_beside_it()
    {
        string classic = _folder.Write("test.conf", "PHYSICAL_HOSTS=h[1-2]\nGUEST_OVERLAY_DIR=overlay\n");
        (int code, string output, string error) = Run("import", classic);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(_folder["test.megatux"], output, StringComparison.Ordinal);
        byte[] bytes = File.ReadAllBytes(_folder["test.megatux"]);
        Assert.Equal((byte)'<', bytes[0]);
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.Equal("overlay", XElement.Load(_folder["test.megatux"]).Descendants("GuestOverlay").Single().Attribute("Include")?.Value);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Fact]
    public void A_project_elsewhere_finds_the_same_files()
    {
        string classic = _folder.Write("classic/test.conf", "GUEST_OVERLAY_DIR=overlay\nHOST_OVERLAY_DIR=/abs\n");
        Directory.CreateDirectory(_folder["new"]);
        Assert.Equal(0, Run("import", classic, "--output", _folder["new/x.megatux"]).Code);
        XElement project = XElement.Load(_folder["new/x.megatux"]);
        Assert.Equal("../classic/overlay", project.Descendants("GuestOverlay").Single().Attribute("Include")?.Value);
        Assert.Equal("/abs", project.Descendants("HostOverlay").Single().Attribute("Include")?.Value);
    }

    [Fact]
    public void A_project_that_exists_is_overwritten_only_by_force()
    {
        string classic = _folder.Write("test.conf", "VMS_PER_HOST=5\n");
        string project = _folder.Write("test.megatux", "precious");
        (int code, _, string error) = Run("import", classic);
        Assert.Equal(CommandRunner.Failed, code);
        Assert.Contains(ErrorCodes.ImportOutputExists, error, StringComparison.Ordinal);
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(project));
        Assert.Equal(0, Run("import", classic, "--force").Code);
        Assert.Contains("<VmsPerHost>5<", File.ReadAllText(project), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_file_and_line_and_writes_nothing()
    {
        string classic = _folder.Write("test.conf", "VM_MEM=30\nVMS_PRE_HOST=5\n");
        string project = _folder.Write("test.megatux", "precious");
        (int code, string output, string error) = Run("import", classic, "--force");
        Assert.Equal(CommandRunner.Failed, code);
        Assert.Equal("", output);
        Assert.StartsWith($"{classic}(2): error {ErrorCodes.ClassicUnknownSetting}: ", error, StringComparison.Ordinal);
        Assert.Contains("'VMS_PER_HOST'", error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(project));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
        Assert.Equal(0, Run("import", classic, "--force", "--keep-unknown").Code);
        Assert.Contains("VMS_PRE_HOST=5", File.ReadAllText(project), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.conf", "x.megatux", ErrorCodes.ClassicUnreadable)]
    [InlineData("", "x.megatux", ErrorCodes.ClassicUnreadable)]
    [InlineData("test.conf", "none/x.megatux", ErrorCodes.ImportOutputUnwritable)]
    [InlineData("test.conf", "test.conf", ErrorCodes.ImportOutputExists)]
    public void Files_that_cannot_be_read_or_written_are_errors(string classic, string project, string code)
    {
        _folder.Write("test.conf", "VM_MEM=30\n");
        (int exit, _, string error) = Run("import", _folder[classic], "--output", _folder[project]);
        Assert.Equal(CommandRunner.Failed, exit);
        Assert.Contains(code, error, StringComparison.Ordinal);
        Assert.Equal("VM_MEM=30\n", File.ReadAllText(_folder["test.conf"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_classic_file_that_is_called_like_a_project_is_not_overwritten()
    {
        string classic = _folder.Write("test.megatux", "VM_MEM=30\n");
        Assert.Contains(ErrorCodes.ImportOutputExists, Run("import", classic).Error, StringComparison.Ordinal);
        Assert.Contains(ErrorCodes.ImportOutputExists, Run("import", classic, "--force").Error, StringComparison.Ordinal);
        Assert.Equal("VM_MEM=30\n", File.ReadAllText(classic));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = MegatuxCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
