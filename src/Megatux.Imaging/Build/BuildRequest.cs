namespace Megatux.Imaging;

/// <summary>An item of the project: its kind (GuestOverlay), what it includes, and its metadata.</summary>
/// <param name="Kind">The item's type, as the project writes it.</param>
/// <param name="Include">What it includes, as the project writes it.</param>
/// <param name="Metadata">Its metadata by name; names without a value are left out.</param>
public sealed record BuildItem(string Kind, string Include, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>How problems name the item, so that its line can be found.</summary>
    public string Subject => $"{Kind}:{Include}";

    /// <summary>A metadatum, or null.</summary>
    public string? this[string name] => Metadata.GetValueOrDefault(name);
}

/// <summary>What a project asks to be built: everything that MSBuild knows of it.</summary>
public sealed record BuildRequest
{
    /// <summary>Full path of the project file; relative paths in the project start at its folder.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>Full path of the folder for intermediate files.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Full path of the SDK's folder, which holds the templates.</summary>
    public required string SdkFolder { get; init; }

    /// <summary>The project's properties by name; empty text for those that it leaves out.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The project's items in its order.</summary>
    public required IReadOnlyList<BuildItem> Items { get; init; }

    /// <summary>Everything above as text, a line each: what <see cref="BuildState"/> compares.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Folder of the project file.</summary>
    public string ProjectFolder => Path.GetDirectoryName(ProjectFile)!;

    /// <summary>A property's value without blanks around it; empty when it is not set.</summary>
    public string Setting(string name) => Settings.GetValueOrDefault(name, "").Trim();

    /// <summary>Items of one kind, in the project's order.</summary>
    public IEnumerable<BuildItem> ItemsOf(string kind) => Items.Where(item => item.Kind == kind);

    /// <summary>Full path of something that the project names relative to its own folder.</summary>
    public string PathOf(string relative) => Path.GetFullPath(relative, ProjectFolder);
}
