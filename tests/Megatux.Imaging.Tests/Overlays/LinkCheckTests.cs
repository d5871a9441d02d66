using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class LinkCheckTests
{
    private static readonly ImageEntry[] Base =
    [
        Sample.Folder("usr"), Sample.Folder("usr/bin"), Sample.File("usr/bin/tool"), Sample.Link("bin", "usr/bin"), Sample.Link("var-run", "/run"),
        Sample.Link("to-nothing", "nothing"), Sample.Folder("etc"),
    ];

    [Theory]
    [InlineData("bin-tool", "usr/bin/tool")]
    [InlineData("absolute", "/usr/bin/tool")]
    [InlineData("through", "/bin/tool")]
    [InlineData("etc/up", "../bin/tool")]
    [InlineData("etc/self", ".")]
    [InlineData("root", "/")]
    [InlineData("etc/root", "..")]
    [InlineData("mtab", "/proc/self/mounts")]
    [InlineData("fd", "proc/self/fd")]
    [InlineData("lock", "/run/lock")]
    [InlineData("log", "var-run/log")]
    [InlineData("dev-log", "/dev/log")]
    [InlineData("spool", "/var/tmp/x")]
    public void A_link_that_leads_somewhere_is_right(string path, string target) => Check(path, target, allowDangling: false);

    [Theory]
    [InlineData("x", "nothing", ErrorCodes.LinkDangles)]
    [InlineData("x", "/usr/bin/none", ErrorCodes.LinkDangles)]
    [InlineData("x", "to-nothing", ErrorCodes.LinkDangles)]
    [InlineData("x", "x", ErrorCodes.LinkDangles)]
    [InlineData("x", "/bin/tool/below", ErrorCodes.LinkDangles)]
    [InlineData("x", "/process", ErrorCodes.LinkDangles)]
    [InlineData("x", "../etc", ErrorCodes.LinkLeavesImage)]
    [InlineData("etc/x", "../../etc", ErrorCodes.LinkLeavesImage)]
    [InlineData("x", "/../etc", ErrorCodes.LinkLeavesImage)]
    [InlineData("x", "usr/../../home/me", ErrorCodes.LinkLeavesImage)]
    public void A_link_that_leads_nowhere_or_out_is_an_error_that_names_it(string path, string target, string code)
    {
        Problem problem = Assert.Throws<MegatuxException>(() => Check(path, target, allowDangling: false)).Problem;
        Assert.Equal((code, "GuestOverlay:x"), (problem.Code, problem.Subject));
        Assert.Contains($"overlays/guest/{path}", problem.Message, StringComparison.Ordinal);
        Assert.Contains(target, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dangling_links_may_be_allowed_and_those_that_climb_out_may_not()
    {
        Check("x", "nothing", allowDangling: true);
        Assert.Equal(ErrorCodes.LinkLeavesImage, Assert.Throws<MegatuxException>(() => Check("x", "../y", allowDangling: true)).Problem.Code);
    }

    [Fact]
    public void An_absolute_target_that_only_the_building_machine_has_is_said_to_be_that()
    {
        string message = Assert.Throws<MegatuxException>(() => Check("x", "/bin/sh", allowDangling: false)).Message;
        Assert.Contains("this machine has it", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_in_a_folder_that_is_reached_through_a_link_counts_from_where_it_is()
    {
        // bin is usr/bin: two levels up from there is the root, three are out.
        Check("bin/x", "../../etc", allowDangling: false);
        Assert.Equal(ErrorCodes.LinkLeavesImage, Assert.Throws<MegatuxException>(() => Check("bin/x", "../../../etc", allowDangling: false)).Problem.Code);
    }

    private static void Check(string path, string target, bool allowDangling)
    {
        var image = new ImageStack();
        image.Add("base", Base);
        ImageEntry link = Sample.Link(path, target) with { Origin = $"overlays/guest/{path}" };
        image.Add("overlay", [link]);
        LinkCheck.Run([Sample.File("other"), link], image, allowDangling, "GuestOverlay:x");
    }
}
