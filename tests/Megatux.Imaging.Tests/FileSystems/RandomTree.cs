namespace Megatux.Imaging.Tests;

/// <summary>Trees of everything that an image can hold, the same for the same seed.</summary>
internal sealed class RandomTree(int seed)
{
    private const int Block = 4096;

    private static readonly int[] Lengths = [0, 1, 59, Block - 1, Block, Block + 1, 12 * Block, (12 * Block) + 1, 100_000];
    private static readonly int[] TargetLengths = [1, 58, 59, 60, 61, 255, 1000, 4095];

    private readonly Random _random = new(seed);
    private readonly List<string> _folders = [""];
    private int _names;

    /// <summary>A member with so many names; those after the first lie in folders of the ones before, and overwrite some of theirs.</summary>
    public byte[] Member(int names)
    {
        var entries = new Dictionary<string, ImageEntry>(StringComparer.Ordinal);
        for (int i = 0; i < names; i++)
        {
            string name = _random.Next(12) == 0 ? $"same{_random.Next(4)}" : NewName();
            string folder = _folders[_random.Next(_folders.Count)];
            string path = folder.Length == 0 ? name : $"{folder}/{name}";
            if (entries.ContainsKey(path) || _folders.Contains(path))
                continue;
            ImageEntry entry = Any(path, [.. entries.Values]) with { Uid = Id(), Gid = Id() };
            entries.Add(path, entry);
            if (entry.Kind == EntryKind.Directory)
                _folders.Add(path);
        }

        Compression[] packing = [Compression.None, Compression.Default, Compression.Parse("zstd", "3")];
        return Sample.Pack(packing[_random.Next(packing.Length)], (uint)_random.NextInt64(uint.MaxValue), [.. entries.Values]);
    }

    private string NewName()
    {
        string name = $"n{_names++}";
        return _random.Next(6) switch
        {
            0 => name + new string('x', 255 - name.Length),
            1 => name + " caf\u00e9 \u2603",
            2 => name + new string('y', _random.Next(60)),
            _ => name,
        };
    }

    private uint Id() => _random.Next(3) switch
    {
        0 => 0,
        1 => (uint)_random.Next(70_000),
        _ => (uint)_random.NextInt64(uint.MaxValue - 1L),
    };

    private ImageEntry Any(string path, ImageEntry[] before)
    {
        string mode = Convert.ToString(_random.Next(0x1000), 8);
        ImageEntry[] files = [.. before.Where(entry => entry is { Kind: EntryKind.File, HardLinkTo: null })];
        return _random.Next(10) switch
        {
            0 or 1 => Sample.Folder(path, mode),
            2 => Sample.Link(path, new string('t', TargetLengths[_random.Next(TargetLengths.Length)])),
            3 => Sample.Device(path, (uint)_random.Next(256), (uint)_random.Next(256), mode),
            4 => Sample.Device(path, (uint)_random.Next(4096), (uint)_random.Next(1 << 20), mode, EntryKind.BlockDevice),
            5 => Sample.Of(_random.Next(2) == 0 ? EntryKind.Fifo : EntryKind.Socket, path, mode),
            6 when files.Length > 0 => Sample.HardLink(path, files[_random.Next(files.Length)].Path, mode),
            _ => Sample.File(path, Contents(), mode),
        };
    }

    private byte[] Contents()
    {
        byte[] bytes = Sample.Noise(Lengths[_random.Next(Lengths.Length)], _random.Next());

        // Now and then with blocks of zeros, in the middle or at an end.
        if (bytes.Length > 0 && _random.Next(3) == 0)
            bytes.AsSpan(_random.Next(bytes.Length)).Clear();
        if (bytes.Length > 3 * Block && _random.Next(2) == 0)
            bytes.AsSpan(Block, Block).Clear();
        return bytes;
    }
}
