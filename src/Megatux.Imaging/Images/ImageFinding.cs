namespace Megatux.Imaging;

/// <summary>Something in an image that does not become what it looks like.</summary>
/// <param name="Member">Number of the member, counted from 1.</param>
/// <param name="Path">The name at fault, as the image has it; empty if it is about the whole member.</param>
/// <param name="Message">What is wrong.</param>
public sealed record ImageFinding(int Member, string Path, string Message)
{
    /// <summary>One line: member, path, message; names shown so that they can do a terminal no harm.</summary>
    public override string ToString() =>
        Path.Length == 0 ? $"member {Member}: {PathText.Show(Message)}" : $"member {Member}: {PathText.Show(Path)}: {PathText.Show(Message)}";
}
