using System.Text;

namespace Megatux.Imaging.Tests;

/// <summary>Entries and images for tests, in few words.</summary>
internal static class Sample
{
    public static ImageEntry File(string path, string text = "", string mode = "644", uint uid = 0, uint gid = 0) =>
        File(path, Encoding.UTF8.GetBytes(text), mode, uid, gid);

    public static ImageEntry File(string path, byte[] bytes, string mode = "644", uint uid = 0, uint gid = 0) =>
        Of(EntryKind.File, path, mode) with { Content = new BytesContent(bytes), Uid = uid, Gid = gid };

    public static ImageEntry Folder(string path, string mode = "755") => Of(EntryKind.Directory, path, mode);

    public static ImageEntry Link(string path, string target) => Of(EntryKind.SymbolicLink, path, "777") with { LinkTarget = target };

    public static ImageEntry HardLink(string path, string first, string mode = "644") => Of(EntryKind.File, path, mode) with { HardLinkTo = first };

    public static ImageEntry Device(string path, uint major, uint minor, string mode = "600", EntryKind kind = EntryKind.CharacterDevice) =>
        Of(kind, path, mode) with { DeviceMajor = major, DeviceMinor = minor };

    public static ImageEntry Of(EntryKind kind, string path, string mode) =>
        new() { Path = path, Kind = kind, Mode = Convert.ToInt32(mode, 8), Origin = "test" };

    /// <summary>Bytes that no compressor can do much about, the same each time.</summary>
    public static byte[] Noise(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static byte[] Pack(Compression compression, params ImageEntry[] entries) => Pack(compression, 0, entries);

    public static byte[] Pack(Compression compression, uint modifiedAt, params ImageEntry[] entries)
    {
        var image = new MemoryStream();
        MemberWriter.Write(image, entries, compression, modifiedAt, CancellationToken.None);
        return image.ToArray();
    }

    /// <summary>Members one behind the other, each starting at a multiple of 4.</summary>
    public static byte[] Join(params byte[][] members)
    {
        var image = new MemoryStream();
        foreach (byte[] member in members)
        {
            image.Write(member);
            image.Write(new byte[CpioFormat.Padding(image.Length)]);
        }

        return image.ToArray();
    }

    /// <summary>One record just as told, right or wrong; for files of other programs and for hostile ones.</summary>
    public static byte[] Record(string name, int mode, byte[]? content = null, uint inode = 1, uint links = 1, Action<uint[]>? change = null)
    {
        content ??= [];
        byte[] nameBytes = [.. Encoding.Latin1.GetBytes(name), 0];
        uint[] fields = [inode, (uint)mode, 0, 0, links, 0, (uint)content.Length, 0, 0, 0, 0, (uint)nameBytes.Length, 0];
        change?.Invoke(fields);
        var record = new MemoryStream();
        record.Write(Encoding.ASCII.GetBytes((fields[12] == 0 ? "070701" : "070702") + string.Concat(fields.Select(field => field.ToString("X8", null)))));
        record.Write(nameBytes);
        record.Write(new byte[CpioFormat.Padding(record.Length)]);
        record.Write(content);
        record.Write(new byte[CpioFormat.Padding(record.Length)]);
        return record.ToArray();
    }

    public static byte[] FileRecord(string name, string text = "", uint inode = 1, uint links = 1) =>
        Record(name, CpioFormat.TypeFile | 0x1A4, Encoding.UTF8.GetBytes(text), inode, links);

    public static byte[] FolderRecord(string name, int permissions = 0x1ED) => Record(name, CpioFormat.TypeDirectory | permissions);

    public static byte[] LinkRecord(string name, string target) => Record(name, CpioFormat.TypeLink | 0x1FF, Encoding.Latin1.GetBytes(target));

    public static byte[] Trailer => Record(CpioFormat.TrailerName, 0);

    /// <summary>All records with their contents.</summary>
    public static List<(ImageRecord Record, byte[] Content)> ReadAll(byte[] image) => ReadAll(new MemoryStream(image));

    public static List<(ImageRecord Record, byte[] Content)> ReadAll(Stream image)
    {
        using ImageReader reader = ImageReader.Open(image, "image");
        return ReadAll(reader);
    }

    public static List<(ImageRecord Record, byte[] Content)> ReadAll(ImageReader reader)
    {
        var records = new List<(ImageRecord, byte[])>();
        while (reader.Next() is { } record)
        {
            var content = new MemoryStream();
            byte[] buffer = new byte[1000];
            while (reader.ReadContent(buffer) is > 0 and int read)
                content.Write(buffer, 0, read);
            records.Add((record, content.ToArray()));
        }

        return records;
    }

    public static string[] Names(byte[] image) => [.. ReadAll(image).Select(read => read.Record.Entry.Path)];
}
