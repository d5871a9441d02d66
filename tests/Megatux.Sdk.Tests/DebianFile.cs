namespace Megatux.Sdk.Tests;

/// <summary>A Debian package of a test's own, made where an experiment lies.</summary>
internal static class DebianFile
{
    /// <summary>Makes <c>mine.deb</c>, with the one file <c>/opt/mine</c>.</summary>
    internal static void Make(TestExperiment experiment, string text)
    {
        experiment.Write("deb/DEBIAN/control", "Package: mine\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\nDescription: a test\n");
        experiment.Write("deb/opt/mine", text);
        Command.Run("dpkg-deb", ["--root-owner-group", "-Znone", "-b", "deb", "mine.deb"], experiment.Folder).Succeeded();
    }
}
