using System.IO.Compression;

namespace Megatux.Benchmarks;

/// <summary>Folders as NuGet wants them, so that an SDK is resolved without a network.</summary>
internal static class NuGetFeed
{
    /// <summary>Writes a nuget.config that takes packages from one folder only, and unpacks them beside itself.</summary>
    internal static void Write(string folder, string feed) => File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="{Path.Combine(folder, "unpacked")}" />
          </config>
          <packageSources>
            <clear />
            <add key="feed" value="{feed}" />
          </packageSources>
        </configuration>
        """);

    /// <summary>Packs the smallest MSBuild SDK there can be: one target that does nothing.</summary>
    internal static void PackEmptySdk(string feed, string name, string version)
    {
        Directory.CreateDirectory(feed);
        using ZipArchive package = ZipFile.Open(Path.Combine(feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        Add($"{name}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{name}</id>
                <version>{version}</version>
                <authors>bench</authors>
                <description>Does nothing.</description>
                <packageTypes><packageType name="MSBuildSdk" /></packageTypes>
              </metadata>
            </package>
            """);
        Add("Sdk/Sdk.props", "<Project />");
        Add("Sdk/Sdk.targets", """<Project><Target Name="Build" /></Project>""");

        void Add(string path, string text)
        {
            using var writer = new StreamWriter(package.CreateEntry(path).Open());
            writer.Write(text);
        }
    }
}
