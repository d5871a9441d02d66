namespace Megatux.Sdk.Tests;

/// <summary>Project texts that tests start from. Each property and item stands on a line of its own, so that errors can be held to lines.</summary>
internal static class Projects
{
    /// <summary>Two hosts with two guests each and an empty base: what builds fastest.</summary>
    public const string Small = """
        <Project Sdk="Megatux.Sdk">
          <PropertyGroup>
            <VmsPerHost>2</VmsPerHost>
            <VmNetworkStart>10.0.0.0</VmNetworkStart>
            <VmNetmask>255.255.255.0</VmNetmask>
            <VmMemory>40M</VmMemory>
            <Hypervisor>container</Hypervisor>
            <HostBase>base</HostBase>
            <GuestBase>base</GuestBase>
            <UseModules>false</UseModules>
            <!-- properties -->
          </PropertyGroup>
          <ItemGroup>
            <PhysicalHosts Include="h[0-1]" />
            <GuestOverlay Include="guest" />
            <!-- items -->
          </ItemGroup>
          <!-- more -->
        </Project>
        """;

    /// <summary>Writes what <see cref="Small"/> names: a base and a guest overlay.</summary>
    public static TestExperiment MakeSmall(string properties = "", string items = "", string more = "")
    {
        var experiment = new TestExperiment(Small
            .Replace("<!-- properties -->", properties, StringComparison.Ordinal)
            .Replace("<!-- items -->", items, StringComparison.Ordinal)
            .Replace("<!-- more -->", more, StringComparison.Ordinal));
        experiment.Write("base/etc/release", "base\n");
        experiment.Write("guest/etc/hello", "hello\n");
        return experiment;
    }

    /// <summary>An experiment with something of every kind that can change.</summary>
    public static TestExperiment MakeFull()
    {
        TestExperiment experiment = MakeSmall(
            """
            <Compression>gzip</Compression>
            """,
            """
            <HostOverlay Include="host" />
            <GuestOverlay Include="first" Nodes="vm0.h[0-1]" />
            <GuestProgram Include="tools/program" Path="usr/bin/program" />
            <Template Include="motd.hbs" Path="etc/motd" />
            <TemplateVariable Include="greeting" Value="hello" />
            """);
        experiment.Write("base/usr/bin/.gitkeep", "");
        experiment.Write("guest/etc/name.hbs", "{{experiment.name}} {{greeting}}\n");
        experiment.Write("guest/etc/conf.d/one", "1\n");
        experiment.Write("guest/etc/conf.d/two", "2\n");
        File.CreateSymbolicLink(experiment["guest/etc/link"], "hello");
        experiment.Write("guest.mtree", "./etc/conf.d/two mode=0600 uid=7 gid=8\n");
        experiment.Write("host/etc/host", "host\n");
        experiment.Write("first/etc/first", "first\n");
        experiment.Write("motd.hbs", "Welcome: {{greeting}}\n");
        Install(experiment, "/usr/bin/true");
        return experiment;
    }

    /// <summary>Puts a program of this machine where the full experiment takes its program from.</summary>
    public static void Install(TestExperiment experiment, string program)
    {
        Directory.CreateDirectory(experiment["tools"]);
        Command.Run("install", ["-m", "755", program, experiment["tools/program"]]).Succeeded();
    }
}
