namespace Megatux.EndToEnd.Tests;

/// <summary>A small experiment with one of each thing that goes into images; what its scripts print says what arrived.</summary>
public sealed class EveryPart : BuiltExperiment
{
    private const string Project = """
        <Project Sdk="Megatux.Sdk">
          <PropertyGroup>
            <VmsPerHost>3</VmsPerHost>
            <VmNetworkStart>10.9.0.0</VmNetworkStart>
            <VmNetmask>24</VmNetmask>
            <VmMemory>96M</VmMemory>
            <Hypervisor>uml</Hypervisor>
          </PropertyGroup>
          <ItemGroup>
            <PhysicalHosts Include="h[0-1]" />
            <HostOverlay Include="overlays/both;overlays/host" />
            <GuestOverlay Include="overlays/both" />
            <GuestOverlay Include="overlays/some" Nodes="vm[1-2].h1" />
            <HostProgram Include="/usr/bin/kmod" />
            <GuestProgram Include="/usr/bin/kmod" />
            <KernelModule Include="dummy" />
            <Template Include="told.hbs" Path="etc/told" />
            <TemplateVariable Include="fruit" Value="apricots" />
          </ItemGroup>
        </Project>
        """;

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public EveryPart() : base(new TestExperiment(Project, "parts"))
    {
        Experiment.Write("told.hbs", "template: {{hosts.set}} {{fruit}}\n");
        Experiment.Write("overlays/both/etc/plain", "overlay: plain\n");
        Experiment.Write("overlays/both/etc/owned", "");
        Experiment.Write("overlays/both.mtree", "#mtree\n./etc/owned type=file uid=1234 gid=567 mode=0640\n./etc/pipe type=fifo uid=9 gid=9 mode=0604\n");
        Experiment.Write("overlays/some/etc/some", "overlay: some\n");
        Script("overlays/both/etc/megatux/run.d/10-parts", """
            cat /etc/plain /etc/told
            echo "closure: $(kmod --version | head -n 1)"
            stat -c 'status: %n %F %a %u:%g' /etc/owned /etc/pipe
            if [ -e /etc/some ]; then cat /etc/some; else echo 'overlay: none'; fi
            grep -o '"name": "parts"' /etc/megatux/experiment.json
            """);
        Script("overlays/host/etc/megatux/run.d/20-host", """
            [ -d /sys/module/dummy ] && echo 'module: dummy'
            sha256sum /etc/megatux/experiment.json
            find /megatux/guest -type f | sort | xargs sha256sum
            """);
        Experiment.BuildWell();
    }

    private void Script(string path, string body) =>
        File.SetUnixFileMode(Experiment.Write(path, $"#!/bin/sh\n{body}\n"), Executable);
}
