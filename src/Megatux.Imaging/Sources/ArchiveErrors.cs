using System.Text;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Makes errors that name the archive, its member and what in the project asked for it.</summary>
internal sealed class ArchiveErrors(string archive, string? subject)
{
    private const int LongestShown = 200;

    /// <summary>The archive as a person knows it.</summary>
    public string ArchiveName { get; } = archive;

    /// <summary>Something is wrong with the archive as a whole.</summary>
    public MegatuxException Archive(string code, string what, Exception? inner = null) =>
        new(code, $"{ArchiveName}: {what}", subject, inner: inner);

    /// <summary>Something is wrong with one member.</summary>
    public MegatuxException Member(string code, string member, string what, Exception? inner = null) =>
        new(code, $"{ArchiveName}: member \"{Show(member)}\": {what}", subject, inner: inner);

    /// <summary>
    /// Whether an exception means that the archive is damaged. The libraries say so in a dozen ways,
    /// IndexOutOfRangeException among them; what stays is what is no fault of the archive.
    /// </summary>
    public static bool IsDamage(Exception exception) =>
        exception is not (MegatuxException or OperationCanceledException or OutOfMemoryException);

    /// <summary>The error for what a library said of the archive at or behind <paramref name="member"/> (null: at its start).</summary>
    public MegatuxException Damaged(string? member, Exception damage)
    {
        string near = member is null ? "at its start" : $"at or behind the member \"{Show(member)}\"";
        string said = damage.Message.TrimEnd('.');
        return damage switch
        {
            NotSupportedException => Archive(ErrorCodes.ArchiveMemberUnsupported,
                $"{near} is something that an image cannot hold or we cannot read, such as a sparse file: {said}. Pack it again as a plain archive.", damage),
            OverflowException => Archive(ErrorCodes.ArchiveMemberUnsupported,
                $"{near} is a number too large, such as an owner over {int.MaxValue}: {said}. Pack it again with other owners.", damage),
            EndOfStreamException => Archive(ErrorCodes.ArchiveDamaged, $"it is cut off, {near}: {said}. Fetch or make it again.", damage),
            _ => Archive(ErrorCodes.ArchiveDamaged, $"it is damaged, {near}: {said}. Fetch or make it again.", damage),
        };
    }

    /// <summary>A name from a hostile archive made harmless for a terminal: no control characters, not too long.</summary>
    public static string Show(string name)
    {
        ReadOnlySpan<char> start = name.AsSpan(0, Math.Min(name.Length, LongestShown));
        var shown = new StringBuilder(start.Length);
        foreach (char c in start)
        {
            if (char.IsControl(c))
                shown.Append("\\x").Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
            else
                shown.Append(c);
        }

        return name.Length > LongestShown ? shown.Append("...").ToString() : shown.ToString();
    }
}
