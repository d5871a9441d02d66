using System.Formats.Tar;
using System.IO.Compression;
using Megatux.Model;

namespace Megatux.Sdk.Tests;

/// <summary>
/// What a user can do wrong. Each mistake is made in an experiment that was built well before, and must give one error that
/// says what, where and what to do, and leave what was built as it was.
/// </summary>
public sealed class BadInputTests : IClassFixture<BuiltExperiment>
{
    private readonly TestExperiment _experiment;
    private readonly string _project;
    private readonly SortedDictionary<string, string> _good;

    public BadInputTests(BuiltExperiment built)
    {
        _experiment = built.Experiment;
        _experiment.BuildWell();
        _project = File.ReadAllText(_experiment.ProjectFile);
        _good = Snapshot.Of(_experiment, "bin");
    }

    [Theory]
    [InlineData("<PhysicalHosts Include=\"h[1-\" />", ErrorCodes.NodeSetUnbalancedBracket, "this bracket is not closed")]
    [InlineData("<PhysicalHosts Include=\"h[4-1]\" />", ErrorCodes.NodeSetBackwardsRange, "smaller")]
    [InlineData("<PhysicalHosts Include=\"h[01-004]\" />", ErrorCodes.NodeSetPaddingMismatch, "the ends of a ")]
    [InlineData("<PhysicalHosts Include=\"h[a-b]\" />", ErrorCodes.NodeSetBadNumber, "a plain decimal number")]
    [InlineData("<GuestOverlai Include=\"x\" />", ErrorCodes.ItemUnknown, "did you mean GuestOverlay?")]
    [InlineData("<GuestOverlay Include=\"guest\" Node=\"h0\" />", ErrorCodes.MetadataUnknown, "did you mean Nodes?")]
    [InlineData("<GuestOverlay Include=\"nowhere\" />", ErrorCodes.OverlayMissing, "make it, or correct the path")]
    [InlineData("<GuestOverlay Include=\"motd.hbs\" />", ErrorCodes.OverlayMissing, "expected a folder")]
    [InlineData("<GuestOverlay Include=\"guest\" Nodes=\"vm7.h0\" />", ErrorCodes.NodesOutsideExperiment, "vm7.h0")]
    [InlineData("<GuestOverlay Include=\"guest\" Nodes=\"vm[\" />", ErrorCodes.NodeSetUnbalancedBracket, "this bracket is not closed")]
    [InlineData("<GuestOverlay Include=\"guest\" AllowDanglingLinks=\"perhaps\" />", ErrorCodes.PropertyMalformed, "expected true or false")]
    [InlineData("<GuestOverlay Include=\"guest\" Nodes=\"@nobody\" />", ErrorCodes.NodeSetNoSuchGroup, "@nobody")]
    [InlineData("<NodeGroup Include=\"some\" Nodes=\"vm7.h0\" />", ErrorCodes.NodesOutsideExperiment, "vm7.h0")]
    [InlineData("<NodeGroup Include=\"some\" />", ErrorCodes.MetadataMalformed, "Nodes=\"all\"")]
    [InlineData("<NodeGroup Include=\"allup\" Nodes=\"all\" />", ErrorCodes.GroupNameUnusable, "choose another")]
    [InlineData("<NodeGroup Include=\"some\" Node=\"all\" />", ErrorCodes.MetadataUnknown, "did you mean Nodes?")]
    [InlineData("<NodeEquation Include=\"HostAdress\" Expression=\"h\" />", ErrorCodes.EquationUnknown, "did you mean HostAddress?")]
    [InlineData("<NodeEquation Include=\"HostAddress\" Expresion=\"h\" />", ErrorCodes.MetadataUnknown, "did you mean Expression?")]
    [InlineData("<NodeEquation Include=\"HostAddress\" Expression=\"(+ first (modulo h 2) (qotient h 2))\" />", ErrorCodes.EquationMalformed, "1:24: there is no qotient; did you mean quotient?")]
    [InlineData("<NodeEquation Include=\"HostAddress\" Expression=\"(+ first (* 0 h))\" />", ErrorCodes.EquationNotOneToOne, "host 1 (h1)")]
    [InlineData("<NodeEquation Include=\"GuestPlace\" Expression=\"(+ 2 g)\" Inverse=\"(- a 3)\" />", ErrorCodes.EquationInverseWrong, "guest 0: expected 0")]
    [InlineData("<HostOverlay Include=\"host\" Nodes=\"vm0.h0\" />", ErrorCodes.NodesOutsideExperiment, "vm0.h0")]
    [InlineData("<HostProgram Include=\"/usr/bin/nowhere\" />", ErrorCodes.ProgramMissing, "install its package")]
    [InlineData("<HostProgram Include=\"motd.hbs\" />", ErrorCodes.ProgramNotExecutable, "#!")]
    [InlineData("<GuestProgram Include=\"tools/program\" Nodes=\"h0\" />", ErrorCodes.NodesOutsideExperiment, "h0")]
    [InlineData("<GuestPackage Include=\"hello\" Nodes=\"@nobody\" />", ErrorCodes.NodeSetNoSuchGroup, "@nobody")]
    [InlineData("<HostPackage Include=\"Not A Package\" />", ErrorCodes.PackageNameInvalid, "Not A Package")]
    [InlineData("<HostPackage Include=\"./nowhere.deb\" />", ErrorCodes.PackageFileMissing, "nowhere.deb")]
    [InlineData("<Template Include=\"motd.hbs\" />", ErrorCodes.MetadataMalformed, "Path=\"etc/motd\"")]
    [InlineData("<Template Include=\"motd.hbs\" Path=\"../motd\" />", ErrorCodes.MetadataMalformed, "Path=\"etc/motd\"")]
    [InlineData("<Template Include=\"motd.hbs\" Path=\"etc/a\" Mode=\"rwx\" />", ErrorCodes.MetadataMalformed, "octal")]
    [InlineData("<Template Include=\"motd.hbs\" Path=\"etc/a\" Image=\"gust\" />", ErrorCodes.MetadataMalformed, "host or guest")]
    [InlineData("<Template Include=\"nowhere.hbs\" Path=\"etc/a\" />", ErrorCodes.TemplateUnreadable, "nowhere.hbs")]
    [InlineData("<TemplateVariable Include=\"hosts.count\" Value=\"3\" />", ErrorCodes.TemplateVariableName, "hosts.count")]
    [InlineData("<Validation Include=\"up\" Command=\"true\" />", ErrorCodes.ValidationNameUnusable, "choose another")]
    [InlineData("<Validation Include=\"idle\" />", ErrorCodes.ValidationUnclear, "neither Command nor Expression")]
    [InlineData("<Validation Include=\"idle\" Comand=\"true\" />", ErrorCodes.MetadataUnknown, "did you mean Command?")]
    [InlineData("<Validation Include=\"idle\" Command=\"true\" Nodes=\"vm7.h0\" />", ErrorCodes.NodesOutsideExperiment, "vm7.h0")]
    [InlineData("<Validation Include=\"idle\" Command=\"true\" AtLeast=\"101%\" />", ErrorCodes.MetadataMalformed, "such as 95%")]
    [InlineData("<Validation Include=\"idle\" Command=\"true\" Expect=\"/(/\" />", ErrorCodes.MetadataMalformed, "no regular expression")]
    [InlineData("<Validation Include=\"idle\" Expression=\"(&lt; (gett s 'load 'one) 2)\" />", ErrorCodes.ReductionMalformed, "1:5: there is no gett; did you mean get?")]
    [InlineData("<Validation Include=\"idle\" Expression=\"#t #f\" />", ErrorCodes.ReductionMalformed, "found 2")]
    public void A_wrong_item_is_named_with_its_line(string item, string code, string remedy) =>
        ExpectAtProject(item, code, remedy, $"<ItemGroup>\n    {item}\n  </ItemGroup>");

    [Theory]
    [InlineData("<VmsPerHots>3</VmsPerHots>", ErrorCodes.PropertyUnknown, "did you mean VmsPerHost?")]
    [InlineData("<VmsPerHost>many</VmsPerHost>", ErrorCodes.PlanValueMalformed, "many")]
    [InlineData("<VmNetmask>255.255.255.252</VmNetmask>", ErrorCodes.GuestNetworkTooSmall, "255.255.255.248")]
    [InlineData("<VmNetmask>255.0.255.0</VmNetmask>", ErrorCodes.NetmaskHasHoles, "whose ones are not all")]
    [InlineData("<VmNetmask>wide</VmNetmask>", ErrorCodes.PlanValueMalformed, "wide")]
    [InlineData("<VmNetworkStart>10.0.0.1</VmNetworkStart>", ErrorCodes.NetworkUnaligned, "10.0.0.0")]
    [InlineData("<VmNetworkStart>223.255.255.0</VmNetworkStart>", ErrorCodes.ReservedAddresses, "224")]
    [InlineData("<VmNetworkStart>172.31.0.0</VmNetworkStart>", ErrorCodes.NetworksOverlap, "move VmNetworkStart or HostNetwork")]
    [InlineData("<HostMemory>64M</HostMemory>", ErrorCodes.MemoryDoesNotFit, "64")]
    [InlineData("<Hypervisor>lguest</Hypervisor>", ErrorCodes.PlanValueMalformed, "uml")]
    [InlineData("<HostKernel>/nonexistent</HostKernel>", ErrorCodes.KernelMissing, "apt-get install linux-image-")]
    [InlineData("<HostKernel>9.9.9</HostKernel>", ErrorCodes.KernelMissing, "apt-get install linux-image-9.9.9")]
    [InlineData("<Compression>lzma</Compression>", ErrorCodes.CompressionUnknown, "gzip, zstd or none")]
    [InlineData("<CompressionLevel>99</CompressionLevel>", ErrorCodes.CompressionLevelOutOfRange, "1 to 9")]
    [InlineData("<UseModules>perhaps</UseModules>", ErrorCodes.PropertyMalformed, "expected true or false")]
    [InlineData("<SourceDateEpoch>yesterday</SourceDateEpoch>", ErrorCodes.PropertyMalformed, "seconds since 1970")]
    [InlineData("<BaseSizeLimit>-1</BaseSizeLimit>", ErrorCodes.PropertyMalformed, "MiB")]
    [InlineData("<GuestBase>nowhere.tgz</GuestBase>", ErrorCodes.SourceNotReadable, "expected 'busybox', an archive")]
    [InlineData("<GuestBase>motd.hbs</GuestBase>", ErrorCodes.ArchiveFormatUnknown, "gzip")]
    [InlineData("<TemplatePath>nowhere</TemplatePath>", ErrorCodes.PropertyMalformed, "there is no folder")]
    public void A_wrong_property_is_named_with_its_line(string property, string code, string remedy) =>
        ExpectAtProject(property, code, remedy, $"<PropertyGroup>\n    {property}\n  </PropertyGroup>");

    [Fact]
    public void A_missing_module_is_named_with_the_nearest_name()
    {
        const string item = "<KernelModule Include=\"dummmy\" />";
        ExpectAtProject(item, ErrorCodes.ModuleMissing, "dummy",
            $"<PropertyGroup><UseModules>true</UseModules></PropertyGroup><ItemGroup>\n    {item}\n  </ItemGroup>");
    }

    [Fact]
    public void A_program_for_another_kind_of_machine_is_refused()
    {
        byte[] program = File.ReadAllBytes("/usr/bin/true");
        program[18] = 0xF3; // e_machine: RISC-V
        _experiment.Write("foreign", program);
        const string item = "<GuestProgram Include=\"foreign\" Path=\"usr/bin/foreign\" />";
        ExpectAtProject(item, ErrorCodes.ProgramForeign, "RISC-V", $"<ItemGroup>\n    {item}\n  </ItemGroup>");
    }

    [Theory]
    [InlineData("dangling", "nowhere", ErrorCodes.LinkDangles, "AllowDanglingLinks")]
    [InlineData("absolute", "/usr/share", ErrorCodes.LinkDangles, "this machine has it")]
    [InlineData("climbing", "../../../etc/passwd", ErrorCodes.LinkLeavesImage, "make it end inside")]
    public void A_link_that_leads_nowhere_is_refused(string name, string target, string code, string remedy)
    {
        string link = _experiment[$"guest/etc/{name}"];
        try
        {
            File.CreateSymbolicLink(link, target);
            BuildMessage error = Expect(code, remedy, _experiment.ProjectFile, _experiment.LineOf("<GuestOverlay Include=\"guest\""));
            Assert.Contains(link, error.Message);
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public void A_directory_over_a_link_is_refused_and_both_are_named()
    {
        try
        {
            Directory.CreateDirectory(_experiment["base/usr/lib64"]);
            File.CreateSymbolicLink(_experiment["base/lib64"], "usr/lib64");
            _experiment.Write("guest/lib64/libx.so", "x");
            BuildMessage error = Expect(ErrorCodes.DirectoryOverLink, "Put the files where the link points", _experiment.ProjectFile, _experiment.LineOf("<GuestOverlay Include=\"guest\""));
            Assert.Contains("guest/lib64", error.Message);
            Assert.Contains("guest-base", error.Message);
            Assert.Contains("usr/lib64", error.Message);
        }
        finally
        {
            File.Delete(_experiment["base/lib64"]);
            Directory.Delete(_experiment["base/usr/lib64"]);
            Directory.Delete(_experiment["guest/lib64"], recursive: true);
        }
    }

    [Fact]
    public void A_name_that_the_kernel_would_skip_is_refused()
    {
        // Built from inside: a path of more than 4096 bytes cannot be named from outside, on this system either.
        try
        {
            Command.Run("/bin/sh", ["-c", "cd guest && for i in $(seq 25); do d=$(printf '%0200d' $i); mkdir $d && cd -P $d || exit 1; done; echo x >file"], _experiment.Folder).Succeeded();
            BuildMessage error = Expect(ErrorCodes.FolderEntryInvalid, "at most 4095 bytes", _experiment.ProjectFile, _experiment.LineOf("<GuestOverlay Include=\"guest\""));
            Assert.Contains("Rename", error.Message);
        }
        finally
        {
            Command.Run("/bin/sh", ["-c", "rm -rf guest/0*"], _experiment.Folder).Succeeded();
        }
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        byte[] whole = Archive(tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "etc/file") { DataStream = new MemoryStream(new byte[100_000]) }));
        ExpectOfArchive(whole[..(whole.Length / 2)], ErrorCodes.ArchiveDamaged, "again");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("etc/../../outside")]
    public void An_archive_that_climbs_out_is_refused(string name) =>
        ExpectOfArchive(Archive(tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) })),
            ErrorCodes.ArchiveMemberLeavesRoot, "outside");

    [Fact]
    public void An_archive_whose_link_climbs_out_is_refused_or_kept_inside()
    {
        ExpectOfArchive(Archive(tar =>
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "etc/way") { LinkName = "../../../../root" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "etc/way/file") { DataStream = new MemoryStream([1]) });
        }), ErrorCodes.ArchiveMemberLeavesRoot, "etc/way");
    }

    [Fact]
    public void An_archive_of_many_gigabytes_of_zeros_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            // Packed it is small; unpacked it is four times what may come out.
            var entry = new PaxTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new ZeroStream(256L << 20) };
            using var tar = new TarWriter(gzip, leaveOpen: true);
            tar.WriteEntry(entry);
        }

        ExpectOfArchive(bytes.ToArray(), ErrorCodes.ArchiveTooLarge, "limit", "<BaseSizeLimit>64</BaseSizeLimit>");
    }

    [Theory]
    [InlineData("one\n{{nowhere}}\n", ErrorCodes.TemplateVariableUndefined, "TemplateVariable", 2)]
    [InlineData("one\ntwo\n{{#if greeting}}\n", ErrorCodes.TemplateSyntax, "if", 3)]
    public void A_faulty_template_is_named_with_its_own_line(string text, string code, string remedy, int line)
    {
        string good = File.ReadAllText(_experiment["motd.hbs"]);
        try
        {
            _experiment.Write("motd.hbs", text);
            Expect(code, remedy, _experiment["motd.hbs"], line);
        }
        finally
        {
            _experiment.Write("motd.hbs", good);
        }
    }

    [Fact]
    public void A_faulty_manifest_beside_an_overlay_is_named_with_its_own_line()
    {
        string good = File.ReadAllText(_experiment["guest.mtree"]);
        try
        {
            _experiment.Write("guest.mtree", "# owners\n./etc/hello mode=rw\n");
            Expect(ErrorCodes.MtreeMalformed, "octal", _experiment["guest.mtree"], 2);
        }
        finally
        {
            _experiment.Write("guest.mtree", good);
        }
    }

    [Fact]
    public void A_project_that_is_no_XML_is_named_with_its_line()
    {
        try
        {
            _experiment.Edit("</VmMemory>", "</VmMem>");
            Expect("MSB4025", "VmMem", _experiment.ProjectFile, _experiment.LineOf("</VmMem>"));
        }
        finally
        {
            Restore();
        }
    }

    [Theory]
    [InlineData("shared/common.props")]
    [InlineData("$(MSBuildThisFileDirectory)shared/common.props")]
    [InlineData("$(MSBuildProjectDirectory)/shared/common.props")]
    [InlineData("$([MSBuild]::GetPathOfFileAbove('common.props', '$(MSBuildThisFileDirectory)shared/'))")]
    [InlineData("$([MSBuild]::GetDirectoryNameOfFileAbove($(MSBuildThisFileDirectory), shared/common.props))/shared/common.props")]
    [InlineData("shared/*.props")]
    public void A_fault_in_an_imported_file_is_named_there(string import)
    {
        try
        {
            string file = _experiment.Write("shared/common.props", "<Project>\n  <PropertyGroup>\n    <VmsPerHost>none</VmsPerHost>\n  </PropertyGroup>\n</Project>\n");
            _experiment.Edit("</Project>", $"  <Import Project=\"{import}\" />\n</Project>");
            Expect(ErrorCodes.PlanValueMalformed, "none", file, 3);
            _experiment.Write("shared/common.props", "<Project>\n  <PropertyGroup>\n    <VmsPerHots>2</VmsPerHots>\n  </PropertyGroup>\n</Project>\n");
            Expect(ErrorCodes.PropertyUnknown, "did you mean VmsPerHost?", file, 3);
        }
        finally
        {
            Restore();
            Directory.Delete(_experiment["shared"], recursive: true);
        }
    }

    [Fact]
    public void A_property_from_the_command_line_is_named_without_a_line()
    {
        BuildResult result = _experiment.Build("-p:VmMemory=lots");
        BuildMessage error = Assert.Single(result.Errors);
        Assert.Equal(ErrorCodes.PlanValueMalformed, error.Code);
        Assert.Contains("lots", error.Message);
        Assert.Equal(_good, Snapshot.Of(_experiment, "bin"));
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_said_to_be_one()
    {
        _experiment.Write("occupied", "a file");
        const string property = "<OutputPath>occupied</OutputPath>";
        _experiment.Edit("</Project>", $"  <PropertyGroup>{property}</PropertyGroup>\n</Project>");
        BuildResult result = _experiment.Build();
        Restore();
        Assert.Equal(ErrorCodes.OutputUnwritable, Assert.Single(result.Errors).Code);
        Assert.Contains("occupied", result.Errors[0].Message);
        Assert.Equal(_good, Snapshot.Of(_experiment, "bin"));
    }

    [Fact]
    public void A_full_disk_is_said_to_be_one_and_leaves_what_was_there()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root may mount a small disk.");
        Directory.CreateDirectory(_experiment["disk"]);
        const string mount = "mount -t tmpfs -o size=1m none disk && echo old >disk/old && ";
        BuildResult result = _experiment.BuildWithin($"exec unshare -m sh -c '{mount} \"$@\"; code=$?; ls -A disk; exit $code' sh \"$@\"", "-p:OutputPath=disk/");
        BuildMessage error = Assert.Single(result.Errors);
        Assert.Equal(ErrorCodes.DiskFull, error.Code);
        Assert.Contains("free some", error.Message);
        Assert.EndsWith("old", result.Output.TrimEnd());
        Assert.DoesNotContain("megatux-tmp", result.Output);
        Assert.Equal(_good, Snapshot.Of(_experiment, "bin"));
    }

    [Fact]
    public void A_full_disk_under_the_intermediate_files_is_said_to_be_one()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root may mount a small disk.");
        Directory.CreateDirectory(_experiment["disk"]);
        BuildResult result = _experiment.BuildWithin("exec unshare -m sh -c 'mount -t tmpfs -o size=256k none disk && \"$@\"' sh \"$@\"", "-p:IntermediateOutputPath=disk/");
        BuildMessage error = Assert.Single(result.Errors);
        Assert.Equal(ErrorCodes.DiskFull, error.Code);
        Assert.Equal(_good, Snapshot.Of(_experiment, "bin"));
    }

    private static byte[] Archive(Action<TarWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.NoCompression, leaveOpen: true))
        using (var tar = new TarWriter(gzip, leaveOpen: true))
            write(tar);
        return bytes.ToArray();
    }

    private void ExpectOfArchive(byte[] archive, string code, string remedy, string more = "")
    {
        _experiment.Write("bad.tgz", archive);
        const string property = "<GuestBase>bad.tgz</GuestBase>";
        ExpectAtProject(property, code, remedy, $"<PropertyGroup>\n    {property}\n    {more}\n  </PropertyGroup>");
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_experiment.Folder)!, "outside")));
    }

    private void ExpectAtProject(string marker, string code, string remedy, string addition)
    {
        try
        {
            _experiment.Edit("</Project>", $"  {addition}\n</Project>");
            Expect(code, remedy, _experiment.ProjectFile, _experiment.LineOf(marker));
        }
        finally
        {
            Restore();
        }
    }

    /// <summary>Builds, and expects one error at one place, and nothing else to have happened.</summary>
    private BuildMessage Expect(string code, string remedy, string file, int line)
    {
        BuildResult result = _experiment.Build();
        Assert.Equal(1, result.ExitCode);
        Assert.True(result.Errors.Count == 1, result.Output);
        BuildMessage error = result.Errors[0];
        Assert.True(code == error.Code, result.Output);
        Assert.Contains(remedy, error.Message);
        Assert.True((file, line) == (error.File, error.Line), $"expected {file}({line})\n{result.Output}");
        Assert.Equal(_good, Snapshot.Of(_experiment, "bin"));
        Assert.Empty(Snapshot.Leftovers(_experiment));
        return error;
    }

    private void Restore() => File.WriteAllText(_experiment.ProjectFile, _project);
}
