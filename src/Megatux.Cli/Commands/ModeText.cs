using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary>Types and modes as ls shows them: <c>drwxr-xr-x</c>.</summary>
internal static class ModeText
{
    private const int Sticky = 0x200, SetGroup = 0x400, SetUser = 0x800;

    internal static string Of(ImageEntry entry) => string.Create(10, entry, static (text, entry) =>
    {
        text[0] = entry.Kind switch
        {
            EntryKind.Directory => 'd',
            EntryKind.SymbolicLink => 'l',
            EntryKind.CharacterDevice => 'c',
            EntryKind.BlockDevice => 'b',
            EntryKind.Fifo => 'p',
            EntryKind.Socket => 's',
            _ => '-',
        };
        for (int i = 0; i < 9; i++)
            text[i + 1] = (entry.Mode & (0x100 >> i)) != 0 ? "rwx"[i % 3] : '-';
        Special(text, 3, entry.Mode & SetUser, 's');
        Special(text, 6, entry.Mode & SetGroup, 's');
        Special(text, 9, entry.Mode & Sticky, 't');
    });

    private static void Special(Span<char> text, int at, int bit, char letter)
    {
        if (bit != 0)
            text[at] = text[at] == 'x' ? letter : char.ToUpperInvariant(letter);
    }
}
