namespace Megatux.EndToEnd.Tests;

/// <summary>A copy of the experiment that newcomers meet first, and one whose machines do not come up.</summary>
public sealed class Laptop : BuiltExperiment
{
    private const string Source = "experiments/laptop";

    public Laptop() : base(new TestExperiment(File.ReadAllText(Repository.At($"{Source}/laptop.megatux")), "laptop"))
    {
        Command.Run("cp", ["-a", Repository.At($"{Source}/overlays"), Repository.At($"{Source}/motd.hbs"), Experiment.Folder]).Succeeded();
        Experiment.BuildWell();
        Script("broken/init", "echo this is the end; exit 3");
        Script("broken/stays", "sleep 1000");
        Script("broken/leaves", "mount -t proc proc /proc; poweroff -f");
        Experiment.Edit("</ItemGroup>", "<GuestOverlay Include=\"broken\" Condition=\"'$(Broken)' != ''\" /><HostOverlay Include=\"broken\" Condition=\"'$(Broken)' != ''\" /></ItemGroup>");
        Experiment.BuildWell("-p:Broken=yes", "-p:OutputPath=bin-broken/", "-p:IntermediateOutputPath=obj-broken/");
    }

    /// <summary>The folder of the broken one: its /init fails, /stays never comes up, and /leaves powers off.</summary>
    public string Broken => Experiment["bin-broken"];

    private void Script(string path, string body) =>
        File.SetUnixFileMode(Experiment.Write(path, $"#!/bin/sh\n{body}\n"), (UnixFileMode)0b111_101_101);
}
