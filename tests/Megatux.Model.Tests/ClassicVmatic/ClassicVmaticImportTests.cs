using System.Text;
using System.Xml.Linq;

namespace Megatux.Model.Tests;

public sealed class ClassicVmaticImportTests
{
    private const string Full = """
        # A classic experiment.
        export BASE=/opt/vmatic
        PHYSICAL_HOSTS="ehyperion[2-37,74-145], \
            ehyperion[148-283]"   # two of the ranges
        VMS_PER_HOST = 1024
        START_VM_NETWORK_AT=1.0.0.0
        VM_NETMASK='255.255.0.0'
        VM_MEM=30M
        HOST_OVERLAY_DIR=${BASE}/host
        GUEST_OVERLAY_DIR=$(BASE)/guest & friends
        GUEST_INITRAMFS=$BASE/guest.tgz
        HOST_INITRAMFS="$(BASE)/host <1>.tgz"
        GUEST_KERNEL=kernels/vmlinux
        KERNEL_NAME=2.6.31
        USE_MODULES=y
        INC_MODULES="e1000 lg"
        INC_LGUEST=1
        INC_KVM=0
        GUEST_IMAGE_DIR=out/guest
        HOST_IMAGE_DIR=out/host
        USE_BPROC=yes
        OUTPUT_BPROC_CFG=config
        BP_LISTEN_INTERFACE=eth0
        PATH_TO_TEMPLATE=
        """;

    [Fact]
    public void Every_setting_finds_its_place()
    {
        XElement project = XElement.Parse(ClassicVmaticImport.ToProject(Full, "dir/classic.conf"));
        Assert.Equal("Megatux.Sdk", project.Attribute("Sdk")?.Value);
        Assert.Equal(
            ["VmsPerHost=1024", "VmNetworkStart=1.0.0.0", "VmNetmask=255.255.0.0", "VmMemory=30", "GuestBase=/opt/vmatic/guest.tgz",
             "HostBase=/opt/vmatic/host <1>.tgz", "GuestKernel=kernels/vmlinux", "HostKernel=2.6.31", "UseModules=true", "Hypervisor=uml",
             "GuestImageDir=out/guest", "HostImageDir=out/host", "UseXproc=true", "XprocConfig=config", "XprocInterface=eth0"],
            project.Elements("PropertyGroup").Elements().Select(property => $"{property.Name}={property.Value}"));
        Assert.Equal(
            ["PhysicalHosts=ehyperion[2-37,74-145],ehyperion[148-283]", "HostOverlay=/opt/vmatic/host",
             "GuestOverlay=/opt/vmatic/guest & friends", "KernelModule=e1000", "KernelModule=lg"],
            project.Elements("ItemGroup").Elements().Select(item => $"{item.Name}={item.Attribute("Include")?.Value}"));
    }

    [Fact]
    public void The_project_reads_as_a_person_would_write_it() => Assert.Equal("""
        <Project Sdk="Megatux.Sdk">
          <!-- Made by 'megatux import' from c. -->
          <PropertyGroup>
            <!-- lguest left Linux in 4.14; User Mode Linux is its heir: a real kernel that needs no virtualization hardware. -->
            <Hypervisor>uml</Hypervisor>
          </PropertyGroup>
          <ItemGroup>
            <PhysicalHosts Include="h[1-2]" />
          </ItemGroup>
        </Project>

        """, ClassicVmaticImport.ToProject("INC_LGUEST=y\nPHYSICAL_HOSTS=h[1-2]\n", "c"));

    [Theory]
    [InlineData("A='x y'\nGUEST_KERNEL=$A\"/$(A)\"'$A'", "x y/x y%24A")]
    [InlineData("GUEST_KERNEL=a#b #c", "a#b")]
    [InlineData("GUEST_KERNEL=\"a #b\" # c", "a #b")]
    [InlineData("GUEST_KERNEL=a\\ b\\\\", "a b\\")]
    [InlineData("GUEST_KERNEL=a$$b", "a%24b")]
    [InlineData("GUEST_KERNEL := a\nGUEST_KERNEL ?= b", "a")]
    [InlineData("GUEST_KERNEL=a\nGUEST_KERNEL+=b", "a b")]
    [InlineData("GUEST_KERNEL=a\nexport GUEST_KERNEL\nGUEST_KERNEL=b\r\n", "b")]
    [InlineData("GUEST_KERNEL=a;b%20@(c)", "a%3Bb%2520%40(c)")]
    [InlineData("# comment with a backslash \\\nGUEST_KERNEL=a", "a")]
    public void Values_are_read_as_shells_and_make_read_them(string text, string kernel) =>
        Assert.Equal(kernel, XElement.Parse(ClassicVmaticImport.ToProject(text, "c")).Descendants("GuestKernel").Single().Value);

    [Theory]
    [InlineData("30", "30")]
    [InlineData("30M", "30")]
    [InlineData("30 MB", "30")]
    [InlineData("32MiB", "32")]
    [InlineData("2g", "2048")]
    [InlineData("30720K", "30")]
    public void Memory_is_counted_in_MiB(string value, string expected) =>
        Assert.Equal(expected, XElement.Parse(ClassicVmaticImport.ToProject($"VM_MEM={value}", "c")).Descendants("VmMemory").Single().Value);

    [Theory]
    [InlineData("\nPHYSICAL_HOST=h1", 2, ErrorCodes.ClassicUnknownSetting, "did you mean 'PHYSICAL_HOSTS'?")]
    [InlineData("COLOUR=red", 1, ErrorCodes.ClassicUnknownSetting, "--keep-unknown")]
    [InlineData("VM_MEM=30\nhello", 2, ErrorCodes.ClassicMalformedLine, "NAME=VALUE")]
    [InlineData("1A=3", 1, ErrorCodes.ClassicMalformedLine, "NAME=VALUE")]
    [InlineData("include other.mk", 1, ErrorCodes.ClassicMalformedLine, "NAME=VALUE")]
    [InlineData("GUEST_KERNEL=\"a", 1, ErrorCodes.ClassicMalformedLine, "closing \"")]
    [InlineData("GUEST_KERNEL='a", 1, ErrorCodes.ClassicMalformedLine, "closing '")]
    [InlineData("GUEST_KERNEL=$(shell uname -r)", 1, ErrorCodes.ClassicMalformedLine, "reference")]
    [InlineData("GUEST_KERNEL=`uname -r`", 1, ErrorCodes.ClassicMalformedLine, "back quotes")]
    [InlineData("GUEST_KERNEL=${A:-b}", 1, ErrorCodes.ClassicMalformedLine, "reference")]
    [InlineData("GUEST_KERNEL=a\u0001", 1, ErrorCodes.ClassicMalformedLine, "control character")]
    [InlineData("GUEST_KERNEL=a\\", 1, ErrorCodes.ClassicMalformedLine, "backslash")]
    [InlineData("BASE=/x\n\nGUEST_KERNEL=a\\\n$(BAES)/b", 3, ErrorCodes.ClassicUndefinedReference, "did you mean 'BASE'?")]
    [InlineData("GUEST_KERNEL=$HOME/x", 1, ErrorCodes.ClassicUndefinedReference, "'HOME'")]
    [InlineData("VMS_PER_HOST=many", 1, ErrorCodes.ClassicBadValue, "whole number")]
    [InlineData("VMS_PER_HOST=-1", 1, ErrorCodes.ClassicBadValue, "whole number")]
    [InlineData("VM_NETMASK=255.255.0", 1, ErrorCodes.ClassicBadValue, "four numbers")]
    [InlineData("START_VM_NETWORK_AT=1.0.0.256", 1, ErrorCodes.ClassicBadValue, "four numbers")]
    [InlineData("VM_MEM=100K", 1, ErrorCodes.ClassicBadValue, "whole number of MiB")]
    [InlineData("USE_BPROC=maybe", 1, ErrorCodes.ClassicBadValue, "yes or no")]
    [InlineData("INC_KVM=y\n\nINC_LGUEST=y", 3, ErrorCodes.ClassicContradiction, "INC_KVM (line 1)")]
    [InlineData("\n\nPHYSICAL_HOSTS=h[4-1]", 3, ErrorCodes.NodeSetBackwardsRange, "4-1")]
    public void What_is_wrong_is_an_error_of_its_line(string text, int line, string code, string message)
    {
        Problem problem = Assert.Throws<MegatuxException>(() => ClassicVmaticImport.ToProject(text, "dir/c.conf")).Problem;
        Assert.Equal(code, problem.Code);
        Assert.Equal("dir/c.conf", problem.Where?.File);
        Assert.Equal(line, problem.Where?.Line);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_settings_can_be_kept_as_comments()
    {
        string project = ClassicVmaticImport.ToProject("COLOUR=--red---\nVM_MEM=30", "c", keepUnknown: true);
        Assert.Contains("<!-- Not taken over, line 1: COLOUR=- -red- - - -->", project, StringComparison.Ordinal);
        Assert.Equal("30", XElement.Parse(project).Descendants("VmMemory").Single().Value);
    }

    [Fact]
    public void Paths_are_moved_and_versions_and_names_are_not()
    {
        const string Text = "GUEST_OVERLAY_DIR=o\nGUEST_KERNEL=k\nKERNEL_NAME=6.1\nBP_LISTEN_INTERFACE=eth0";
        XElement project = XElement.Parse(ClassicVmaticImport.ToProject(Text, "c", movePath: path => $"../{path}"));
        Assert.Equal("../o", project.Descendants("GuestOverlay").Single().Attribute("Include")?.Value);
        Assert.Equal("../k", project.Descendants("GuestKernel").Single().Value);
        Assert.Equal("6.1", project.Descendants("HostKernel").Single().Value);
        Assert.Equal("eth0", project.Descendants("XprocInterface").Single().Value);
    }

    [Fact]
    public void Values_that_double_with_every_line_are_cut_off()
    {
        var text = new StringBuilder("A0=xxxxxxxxxx\n");
        for (int index = 1; index < 60; index++)
            text.Append($"A{index}=$(A{index - 1})$(A{index - 1})\n");
        Problem problem = Assert.Throws<MegatuxException>(() => ClassicVmaticImport.ToProject(text.ToString(), "c")).Problem;
        Assert.Equal(ErrorCodes.ClassicMalformedLine, problem.Code);
    }

    [Fact]
    public void Mutated_files_become_well_formed_projects_or_fail_with_a_code()
    {
        const string Pieces = "=$(){}\"'\\#\n\r\t ;%@*&<>-,[]09az\u0001\uFFFF\uD800";
        var random = new Random(20090901);
        for (int round = 0; round < 5000; round++)
        {
            var text = new StringBuilder(Full);
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(text.Length);
                char piece = Pieces[random.Next(Pieces.Length)];
                if (random.Next(2) == 0)
                    text[at] = piece;
                else
                    text.Insert(at, piece);
            }

            try
            {
                XElement.Parse(ClassicVmaticImport.ToProject(text.ToString(), "c", keepUnknown: random.Next(2) == 0));
            }
            catch (MegatuxException error)
            {
                Assert.StartsWith("MTX", error.Problem.Code, StringComparison.Ordinal);
                Assert.True(error.Problem.Where?.Line > 0);
            }
        }
    }
}
