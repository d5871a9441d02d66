using Megatux.Model;

namespace Megatux.Imaging;

// Files that are rendered from templates of the SDK, or from the project's own in their place.
public sealed partial class ExperimentBuild
{
    private const string BootTemplate = "boot.ipxe.hbs", DnsmasqTemplate = "dnsmasq.conf.hbs", XprocTemplate = "xproc.conf.hbs";

    /// <summary>
    /// Compiling templates is the longest part of a build that changes little, and needs nothing of the rest: it goes on
    /// while lower members are read. What is wrong with a template is said where it is rendered.
    /// </summary>
    private Task CompileTemplatesAhead()
    {
        string?[] scripts = [OwnTemplate(InitTemplate(ImageKind.Guest)), OwnTemplate(InitTemplate(ImageKind.Host))];
        string[] names = [BootTemplate, DnsmasqTemplate, .. _xproc.Enabled ? (string[])[XprocTemplate] : []];
        string[] templates = [.. scripts.OfType<string>(), .. names.Select(TemplateFile)];

        // Before they are read: what changes after that must show next time.
        foreach (string template in templates)
            WatchInputs(template);
        return Task.Run(() =>
        {
            try
            {
                foreach (string template in templates)
                    _renderer.Render(template, _variables);
            }
            catch (Exception)
            {
                // It comes again, and is reported, when the build gets there.
            }
        }, CancellationToken.None);
    }

    private static string InitTemplate(ImageKind image) => $"init.{image.ToString().ToLowerInvariant()}.hbs";

    private BytesContent Render(string template) => Render(template, _variables);

    private BytesContent Render(string template, TemplateVariables variables)
    {
        WatchInputs(template);
        return new BytesContent(_renderer.Render(template, variables));
    }

    private void WatchInputs(string template)
    {
        foreach (string file in _renderer.Inputs(template).Files)
            _watched.Add(file);
    }

    /// <summary>A template of the SDK, or the project's own of that name where TemplatePath has one.</summary>
    private string TemplateFile(string name) => OwnTemplate(name) ?? Path.Combine(_request.SdkFolder, "templates", name);

    /// <summary>The project's own template of a name; null where TemplatePath has none.</summary>
    private string? OwnTemplate(string name)
    {
        if (_request.Setting("TemplatePath") is not { Length: > 0 } folder)
            return null;
        if (!Directory.Exists(_request.PathOf(folder)))
            throw new MegatuxException(ErrorCodes.PropertyMalformed, $"TemplatePath is '{folder}', but there is no folder {_request.PathOf(folder)}.", "TemplatePath");
        string own = Path.Combine(_request.PathOf(folder), name);
        _watched.Add(own);
        return File.Exists(own) ? own : null;
    }
}
