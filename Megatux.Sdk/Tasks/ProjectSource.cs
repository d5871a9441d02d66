using System.Xml;
using System.Xml.Linq;
using Megatux.Model;

namespace Megatux.Sdk;

/// <summary>
/// The project as text: finds the line that a problem is about, and names that nothing knows. MSBuild itself takes any
/// property or item, so that a misspelt one would silently do nothing.
/// </summary>
internal sealed partial class ProjectSource
{
    private readonly string _projectFile;
    private readonly List<(string File, XDocument Text)> _files = [];
    private readonly Problem? _unreadable;

    /// <summary>Reads the project and what it imports from beside itself.</summary>
    internal ProjectSource(string projectFile)
    {
        _projectFile = projectFile;
        try
        {
            Read(projectFile);
        }
        catch (XmlException failure)
        {
            _unreadable = new Problem(ErrorCodes.ProjectUnreadable, failure.Message, Where: new SourceLocation(projectFile, failure.LineNumber, failure.LinePosition));
        }
    }

    /// <summary>The line that a problem is about: where it says so itself, else that of its subject, else the project file.</summary>
    internal SourceLocation Locate(Problem problem)
    {
        if (problem.Where is { } known)
            return known;
        if (problem.Subject is not { } subject)
            return new SourceLocation(_projectFile);
        int colon = subject.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? subject : subject[..colon];
        string? include = colon < 0 ? null : subject[(colon + 1)..];
        var candidates = _files.SelectMany(file => Declarations(file.Text).Select(element => (file.File, Element: element)))
            .Where(candidate => Same(candidate.Element.Name.LocalName, name)).ToList();

        // The last property of a name is the one that counts; an item is known by what it includes.
        var found = include is null
            ? candidates.LastOrDefault()
            : candidates.LastOrDefault(candidate => ((string?)candidate.Element.Attribute("Include"))?.Split(';').Any(part => part.Trim() == include) == true);
        if (found.Element is null)
            found = candidates.LastOrDefault();
        return found.Element is null ? new SourceLocation(_projectFile) : LocationOf(found.File, found.Element);
    }

    private static SourceLocation LocationOf(string file, XElement element)
    {
        IXmlLineInfo place = element;
        return new SourceLocation(file, place.LineNumber, place.LinePosition);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Elements that set a property or add items, wherever they stand: also in Choose and in targets.</summary>
    private static IEnumerable<XElement> Declarations(XDocument text) =>
        text.Descendants().Where(element => element.Parent?.Name.LocalName is "PropertyGroup" or "ItemGroup");

    private void Read(string file)
    {
        if (!File.Exists(file) || _files.Exists(known => known.File == file))
            return;
        XDocument text = XDocument.Load(file, LoadOptions.SetLineInfo);
        _files.Add((file, text));
        foreach (XElement import in text.Descendants().Where(element => element.Name.LocalName == "Import" && element.Attribute("Sdk") is null))
            if ((string?)import.Attribute("Project") is { } path)
                foreach (string imported in ImportPath.Resolve(path, file, _projectFile))
                    Read(imported);
    }
}
