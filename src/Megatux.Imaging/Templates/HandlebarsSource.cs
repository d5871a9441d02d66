using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>A Handlebars file, read once: its text, its tags and the partials beside it.</summary>
/// <param name="Path">Path as the caller gave it, for messages.</param>
/// <param name="Text">The file's text without a byte-order mark.</param>
/// <param name="Tags">Its tags in order.</param>
internal sealed record HandlebarsSource(string Path, string Text, IReadOnlyList<TemplateTag> Tags)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a template or a partial.</summary>
    /// <exception cref="MegatuxException"><see cref="ErrorCodes.TemplateUnreadable"/>.</exception>
    public static HandlebarsSource Read(string path)
    {
        try
        {
            string text = Strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            return new HandlebarsSource(path, text, TemplateTag.All(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            string why = error is DecoderFallbackException ? "it is not UTF-8 text" : error.Message;
            throw new MegatuxException(ErrorCodes.TemplateUnreadable,
                $"The template cannot be read: {why} Expected a readable UTF-8 file.", where: new SourceLocation(path), inner: error);
        }
    }

    /// <summary>Names of partials that the file includes, with the tag that does so first.</summary>
    public IEnumerable<TemplateTag> Includes()
    {
        HashSet<string> own = [.. Tags.Where(tag => tag.Kind == TagKind.Inline).Select(tag => tag.Words.ElementAtOrDefault(1)?.Trim('"', '\'') ?? "")];
        return Tags.Where(tag => tag.Kind is TagKind.Partial or TagKind.PartialBlock && !own.Contains(tag.Name));
    }
}
