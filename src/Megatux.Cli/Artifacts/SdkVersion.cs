using System.Text.Json;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Which version of the SDK a project is built with, as MSBuild finds it: in the nearest global.json above it.</summary>
internal static class SdkVersion
{
    /// <summary>The SDK's name, and its package's.</summary>
    internal const string Name = "Megatux.Sdk";

    private const string File = "global.json", Versions = "msbuild-sdks";

    /// <summary>The version for projects in a folder; null where no file gives it.</summary>
    /// <exception cref="MegatuxException">The file cannot be read.</exception>
    internal static string? Find(string folder)
    {
        for (DirectoryInfo? here = new(folder); here is not null; here = here.Parent)
        {
            string path = Path.Combine(here.FullName, File);
            if (System.IO.File.Exists(path))
                return Read(path);
        }

        return null;
    }

    private static string? Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(HashedFile.Read(path, System.IO.File.ReadAllBytes),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(Versions, out JsonElement sdks)
                && sdks.ValueKind == JsonValueKind.Object && sdks.TryGetProperty(Name, out JsonElement version) ? version.GetString() : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw new MegatuxException(ErrorCodes.InputUnreadable, $"{path} is no JSON that MSBuild would read: {unreadable.Message}", inner: unreadable);
        }
    }
}
