using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Megatux.Imaging;

namespace Megatux.Cli;

/// <summary>
/// An image as one JSON object, for programs: <c>{"entries":[...],"members":[...]}</c>. Written as it is read; members come
/// last since their sizes are known only then.
/// </summary>
internal static class ImageJson
{
    /// <summary>Bytes that are gathered before they are passed on.</summary>
    private const int Chunk = 1 << 15;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one member, or all for 0.</summary>
    internal static void Write(TextWriter output, ImageReader reader, int only)
    {
        var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes, Options);
        var names = new HardLinkNames();
        json.WriteStartObject();
        json.WriteStartArray("entries");
        while (reader.Next() is { } record)
        {
            string? first = names.FirstOf(record);
            if (only == 0 || record.Member == only)
                WriteEntry(json, record, first);
            if (json.BytesPending > Chunk)
                Pass(json, bytes, output);
        }

        json.WriteEndArray();
        json.WriteStartArray("members");
        foreach (ImageMember member in reader.Members)
            if (only == 0 || member.Number == only)
                WriteMember(json, member);
        json.WriteEndArray();
        json.WriteEndObject();
        Pass(json, bytes, output);
        output.WriteLine();
    }

    private static void Pass(Utf8JsonWriter json, MemoryStream bytes, TextWriter output)
    {
        json.Flush();
        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        bytes.SetLength(0);
    }

    private static void WriteEntry(Utf8JsonWriter json, ImageRecord record, string? first)
    {
        ImageEntry entry = record.Entry;
        json.WriteStartObject();
        json.WriteNumber("member", record.Member);
        json.WriteString("path", PathText.Show(entry.Path));
        json.WriteString("type", entry.Kind.ToString());
        json.WriteString("mode", Convert.ToString(entry.Mode, 8));
        json.WriteNumber("uid", entry.Uid);
        json.WriteNumber("gid", entry.Gid);
        json.WriteNumber("size", record.Length);
        json.WriteNumber("mtime", record.ModifiedAt);
        if (entry.LinkTarget is { } target)
            json.WriteString("target", PathText.Show(target));
        if (first is not null)
            json.WriteString("hardLinkTo", PathText.Show(first));
        if (entry.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice)
        {
            json.WriteNumber("major", entry.DeviceMajor);
            json.WriteNumber("minor", entry.DeviceMinor);
        }

        if (record.PassedOver is { } reason)
            json.WriteString("passedOver", reason);
        json.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter json, ImageMember member)
    {
        json.WriteStartObject();
        json.WriteNumber("member", member.Number);
        json.WriteString("compression", member.Compression);
        json.WriteNumber("streams", member.Streams);
        json.WriteNumber("offset", member.Offset);
        json.WriteNumber("size", member.Length);
        json.WriteNumber("archiveSize", member.ArchiveLength);
        json.WriteNumber("contentSize", member.ContentLength);
        json.WriteNumber("entries", member.Entries);
        json.WriteBoolean("trailer", member.HasTrailer);
        json.WriteEndObject();
    }
}
