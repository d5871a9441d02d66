using System.Text;
using System.Xml;

namespace Megatux.Model;

/// <content>Writing the project.</content>
internal sealed partial class ClassicProject
{
    /// <summary>The project's text.</summary>
    /// <param name="source">Name of the classic file, for the first comment.</param>
    public string Write(string source)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" };
        using (XmlWriter xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("Project");
            xml.WriteAttributeString("Sdk", "Megatux.Sdk");
            Comment(xml, $"Made by 'megatux import' from {System.IO.Path.GetFileName(source)}.");
            Group(xml, "PropertyGroup", _properties, line => xml.WriteString(Escape(line.Value)));
            Group(xml, "ItemGroup", _items, line => xml.WriteAttributeString("Include", EscapeItem(line)));
            foreach (string comment in _kept)
                Comment(xml, comment);
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Group(XmlWriter xml, string name, List<Line> lines, Action<Line> content)
    {
        if (lines.Count == 0)
            return;
        xml.WriteStartElement(name);
        foreach (Line line in lines)
        {
            if (line.Note is { } note)
                Comment(xml, note);
            xml.WriteStartElement(line.Name);
            content(line);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>Two hyphens would end an XML comment.</summary>
    private static void Comment(XmlWriter xml, string text)
    {
        while (text.Contains("--", StringComparison.Ordinal))
            text = text.Replace("--", "- -", StringComparison.Ordinal);
        xml.WriteComment($" {text} ");
    }

    /// <summary>What MSBuild would take for references or escapes stands as %XX.</summary>
    private static string Escape(string value) => value
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("$", "%24", StringComparison.Ordinal)
        .Replace("@", "%40", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal);

    /// <summary>In an item, wildcards as well.</summary>
    private static string EscapeItem(Line line) => Escape(line.Value)
        .Replace("*", "%2A", StringComparison.Ordinal)
        .Replace("?", "%3F", StringComparison.Ordinal);
}
