using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Turns template files into the files that go into images and onto boot servers. The extension chooses the language:
/// <c>.hbs</c> is Handlebars. One renderer serves one run: it reads each file once. Threads may share it.
/// </summary>
public sealed class TemplateRenderer
{
    private const string ScribanExtension = ".sbn";

    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    private readonly ITemplateEngine[] _engines;

    /// <summary>A renderer with every engine that this build has.</summary>
    public TemplateRenderer()
        : this(new HandlebarsEngine())
    {
    }

    /// <summary>A renderer with the given engines.</summary>
    internal TemplateRenderer(params ITemplateEngine[] engines) => _engines = engines;

    /// <summary>True for a file that is a template by its name, whether or not this build can render it.</summary>
    public static bool IsTemplate(string path) =>
        Path.GetExtension(path) is HandlebarsEngine.FileExtension or ScribanExtension;

    /// <summary>Name of the file that a template becomes: its own without the extension.</summary>
    public static string TargetName(string path) => Path.GetFileNameWithoutExtension(path);

    /// <summary>Renders a template to UTF-8 without a byte-order mark; line ends stay as the template has them.</summary>
    /// <exception cref="MegatuxException">
    /// <see cref="ErrorCodes.TemplateUnreadable"/>, <see cref="ErrorCodes.TemplateVariableUndefined"/>,
    /// <see cref="ErrorCodes.TemplateSyntax"/>, <see cref="ErrorCodes.TemplatePartialMissing"/>,
    /// <see cref="ErrorCodes.TemplateValueNotText"/>, <see cref="ErrorCodes.TemplateEngineMissing"/> or
    /// <see cref="ErrorCodes.TemplateFailed"/>, with file, line and column where they are known.
    /// </exception>
    public byte[] Render(string path, TemplateVariables variables)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(variables);
        return WithoutMark.GetBytes(EngineFor(path).Render(path, variables));
    }

    /// <summary>The files and top-level names that a template depends on, for the key under which its output is cached.</summary>
    /// <exception cref="MegatuxException">As <see cref="Render"/>, but for what only rendering can find.</exception>
    public TemplateInputs Inputs(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return EngineFor(path).Inputs(path);
    }

    private ITemplateEngine EngineFor(string path)
    {
        string extension = Path.GetExtension(path);
        foreach (ITemplateEngine engine in _engines)
            if (engine.Extension == extension)
                return engine;

        string known = string.Join(", ", _engines.Select(engine => engine.Extension));
        string message = extension == ScribanExtension
            ? $"Rendering '{extension}' templates needs the package Scriban, which this build was made without: write the template in another language ({known}), or build Megatux where that package can be restored."
            : $"No template language has the extension '{extension}': expected one of {known}.";
        throw new MegatuxException(ErrorCodes.TemplateEngineMissing, message, where: new SourceLocation(path));
    }
}
