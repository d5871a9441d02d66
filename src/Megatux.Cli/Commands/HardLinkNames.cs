using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary>Finds out which records of a member are further names of a file.</summary>
internal sealed class HardLinkNames
{
    private readonly Dictionary<(uint, uint, uint, EntryKind), string> _first = [];
    private int _member;

    /// <summary>The file's first name in the member; null for that one and for files of one name.</summary>
    internal string? FirstOf(ImageRecord record)
    {
        if (record.Member != _member)
            _first.Clear();
        _member = record.Member;
        if (record.Links < 2 || record.PassedOver is not null || record.Entry.Kind is EntryKind.Directory or EntryKind.SymbolicLink)
            return null;
        var key = (record.InodeMajor, record.InodeMinor, record.Inode, record.Entry.Kind);
        if (_first.TryGetValue(key, out string? first))
            return first;
        _first.Add(key, record.Entry.Path);
        return null;
    }
}
