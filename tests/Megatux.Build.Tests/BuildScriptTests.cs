namespace Megatux.Build.Tests;

/// <summary>Runs build.sh itself in a folder of its own, where programs that note their calls stand for the machine's.</summary>
public sealed class BuildScriptTests : IDisposable
{
    private static readonly string[] RealTools =
        ["bash", "date", "dirname", "env", "find", "mkdir", "readlink", "rm", "sed", "sha256sum", "sort", "timeout", "xargs"];

    private readonly TempFolder _folder = new();

    public BuildScriptTests()
    {
        Scripts.Install(Repository.At("build.sh"), _folder["build.sh"]);
        _folder.Write("build/debian-packages.txt", "# why\nalpha\n\n  beta # because\ngamma\n");
        _folder.Write("build/Build.cs", "class Build;");
        _folder.Write("global.json", "{}");
        _folder.Write("Directory.Build.props", "<Project/>");
        _folder.Write("Directory.Packages.props", """<PackageVersion Include="Nuke.Common" Version="1.2.3" />""");
        _folder.Write("calls", "");
        _folder.Write("installed", "alpha\nbeta\ngamma\n");

        Directory.CreateDirectory(_folder["path"]);
        foreach (string tool in RealTools)
            File.CreateSymbolicLink(_folder[$"path/{tool}"], Command.Find(tool)!);
        Fake("id", "echo 0");
        // $@ ends with the packages; dpkg knows a package that was removed, too.
        Fake("dpkg-query", """
            note "dpkg-query"
            echo "alpha config-files"
            for package in "${@:4}"; do while read -r name; do [[ $name == "$package" ]] && echo "$name installed"; done <"$top/installed"; done
            """);
        Fake("apt-get", """
            note "apt-get $* (${DEBIAN_FRONTEND:-})"
            [[ $1 == install ]] && printf '%s\n' "${@:4}" >>"$top/installed"
            """);
        Fake("dotnet", """
            note "dotnet $*"
            case $1 in
              restore) echo "error NU1101: Unable to find package Nuke.Common."; exit 1 ;;
              msbuild) mkdir -p artifacts/build/bin/Build/release; echo x >artifacts/build/bin/Build/release/Build.dll ;;
              */Build.dll) printf '<%s>' "${@:2}"; exit 7 ;;
            esac
            """);
    }

    private string Calls => File.ReadAllText(_folder["calls"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void As_root_missing_packages_are_named_and_installed_after_an_update()
    {
        _folder.Write("installed", "beta\n");
        CommandResult result = Run("Test");
        Assert.Contains("installing Debian packages: alpha gamma\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("apt-get update -q ()\napt-get install -y --no-install-recommends alpha gamma (noninteractive)\n", Calls, StringComparison.Ordinal);
        Assert.Contains("<Test>", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_root_the_one_command_is_printed_and_nothing_is_run()
    {
        _folder.Write("installed", "beta\n");
        Fake("id", "echo 1000");
        CommandResult result = Run("Test");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("sudo sh -c 'apt-get update && DEBIAN_FRONTEND=noninteractive .*apt-get install -y --no-install-recommends alpha gamma'", result.Error);
        Assert.Equal("dpkg-query\n", Calls);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("Test --plan")]
    public void What_only_asks_installs_nothing_and_needs_nothing(string arguments)
    {
        _folder.Write("installed", "");
        Fake("id", "echo 1000");
        Assert.Contains("<--", Run(arguments.Split(' ')).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("apt-get", Calls, StringComparison.Ordinal);
    }

    [Fact]
    public void With_nothing_missing_dpkg_is_asked_once_and_apt_never()
    {
        Run("Test");
        Assert.Single(Calls.Split('\n'), "dpkg-query");
        Assert.DoesNotContain("apt-get", Calls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 100", "apt-get could not install: gamma")]
    [InlineData("exit 0", "still missing after apt-get install: gamma")]
    public void A_package_that_does_not_come_stops_the_build(string apt, string message)
    {
        _folder.Write("installed", "alpha\nbeta\n");
        Fake("apt-get", apt);
        CommandResult result = Run("Test");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet", Calls, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_dotnet_it_says_how_to_get_it()
    {
        File.Delete(_folder["path/dotnet"]);
        CommandResult result = Run("Test");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("dotnet-sdk-10.0", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_arrive_as_they_were_and_the_exit_code_is_the_builds()
    {
        CommandResult result = Run("Test", "--filter", "two words", "*", "");
        Assert.Contains("<Test><--filter><two words><*><>", result.Output, StringComparison.Ordinal);
        Assert.Equal(7, result.ExitCode);
    }

    [Fact]
    public void The_build_program_is_compiled_only_when_it_changed()
    {
        Run();
        Run();
        File.SetLastWriteTimeUtc(_folder["build/Build.cs"], DateTime.UtcNow);
        Run();
        Assert.Equal(1, Compilations());

        _folder.Write("build/Build.cs", "class Build { }");
        Run();
        Assert.Equal(2, Compilations());
        _folder.Write("build/StandIn/More.cs", "");
        Run();
        Assert.Equal(3, Compilations());
        File.Delete(_folder["build/StandIn/More.cs"]);
        Run();
        Assert.Equal(4, Compilations());
        Directory.Delete(_folder["artifacts/build/bin"], recursive: true);
        Run();
        Assert.Equal(5, Compilations());

        int Compilations() => Calls.Split('\n').Count(call => call.StartsWith("dotnet msbuild", StringComparison.Ordinal));
    }

    [Fact]
    public void A_build_program_that_does_not_compile_is_not_run()
    {
        Fake("dotnet", """
            note "dotnet $*"
            [[ $1 == restore ]] || { [[ $1 == msbuild ]] && echo "Build.cs(1,1): error CS1002"; exit 1; }
            """);
        CommandResult result = Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("dotnet has no SDK that global.json allows", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", "NUKE: Nuke.Common restored", "true")]
    [InlineData("echo 'error NU1101: none'; exit 1", "NUKE: stand-in: build/StandIn (Nuke.Common is not in the package registry)", "false")]
    [InlineData("echo 'error NU1301: no route'; exit 1", "NUKE: stand-in: build/StandIn (the package registry cannot be reached)", "false")]
    public void Which_nuke_is_used_is_found_out_once_a_day_and_told_every_time(string restore, string line, string useNukeCommon)
    {
        Fake("dotnet", $"""
            note "dotnet $*"
            case $1 in
              restore) {restore} ;;
              msbuild) mkdir -p artifacts/build/bin/Build/release; echo x >artifacts/build/bin/Build/release/Build.dll ;;
            esac
            """);
        Assert.Contains($"{line}\n", Run().Output, StringComparison.Ordinal);
        Assert.Contains($"{line}\n", Run().Output, StringComparison.Ordinal);
        Assert.Single(Calls.Split('\n'), call => call.StartsWith("dotnet restore", StringComparison.Ordinal));
        Assert.Contains($"-p:UseNukeCommon={useNukeCommon}\n", Calls, StringComparison.Ordinal);

        _folder.Write("Directory.Packages.props", """<PackageVersion Include="Nuke.Common" Version="1.2.4" />""");
        Run();
        Assert.Equal(2, Calls.Split('\n').Count(call => call.StartsWith("dotnet restore", StringComparison.Ordinal)));
    }

    private void Fake(string name, string lines) => Scripts.Write(_folder, $"path/{name}",
        $"top={_folder.Path}\nnote() {{ printf '%s\\n' \"$1\" >>\"$top/calls\"; }}\n{lines}");

    private CommandResult Run(params string[] arguments) => Command.Run(_folder["build.sh"], arguments,
        environment: new Dictionary<string, string?> { ["PATH"] = _folder["path"], ["MEGATUX_NUKE"] = null, ["DEBIAN_FRONTEND"] = null });
}
