using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>One template language. An engine lives for one run and may be used by several threads at once.</summary>
internal interface ITemplateEngine
{
    /// <summary>The extension of its files, with the dot.</summary>
    string Extension { get; }

    /// <summary>Renders a template file.</summary>
    /// <exception cref="MegatuxException">One of the template codes, with the place at fault where it is known.</exception>
    string Render(string path, TemplateVariables variables);

    /// <summary>Finds out what a template depends on, without rendering it.</summary>
    /// <exception cref="MegatuxException">A file is unreadable or lacks a partial.</exception>
    TemplateInputs Inputs(string path);
}
