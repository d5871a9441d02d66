using System.CommandLine;
using System.Globalization;
using Megatux.Imaging;
using Megatux.Model;

namespace Megatux.Cli;

/// <summary><c>megatux image ls</c>.</summary>
internal static partial class ImageCommand
{
    private static Command Ls()
    {
        Argument<string> image = ImageArgument();
        var number = new Option<int?>("--member") { Description = "Only this member, counted from 1.", HelpName = "N" };
        var paths = new Option<bool>("--paths") { Description = "Only the names, one a line." };
        var json = new Option<bool>("--json") { Description = "Print a JSON object instead: members, each with its entries." };
        return Verb("ls", """
            List what is in every member of an image, as ls -l does, then the members with their sizes. Control characters in
            names are shown in octal.
            Example: megatux image ls initramfs-host.img --member 2
            """, [image, number, paths, json], (result, output) =>
        {
            string path = result.GetValue(image)!;
            using ImageReader reader = ImageReader.Open(path);
            int only = result.GetValue(number) ?? 0;
            if (result.GetValue(json))
                ImageJson.Write(output, reader, only);
            else if (result.GetValue(paths))
                ListPaths(output, reader, only);
            else
                ListAll(output, reader, only);
            return only == 0 || (only > 0 && only <= reader.Members.Count) ? 0 : throw new MegatuxException(ErrorCodes.NotInImage,
                $"{path} has no member {only}: it has {reader.Members.Count}, counted from 1.");
        });
    }

    private static void ListPaths(TextWriter output, ImageReader reader, int only)
    {
        while (reader.Next() is { } record)
            if (only == 0 || record.Member == only)
                output.WriteLine(PathText.Show(record.Entry.Path));
    }

    private static void ListAll(TextWriter output, ImageReader reader, int only)
    {
        int member = 0;
        var names = new HardLinkNames();
        while (reader.Next() is { } record)
        {
            string? first = names.FirstOf(record);
            if (only != 0 && record.Member != only)
                continue;
            if (record.Member != member)
                output.WriteLine($"member {member = record.Member} ({record.Compression})");
            output.WriteLine(LongForm(record, first));
        }

        output.WriteLine("member  compression      offset        size    unpacked  entries");
        foreach (ImageMember part in reader.Members)
            if (only == 0 || part.Number == only)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{part.Number,6}  {Packing(part),-11}  {part.Offset,10}  {part.Length,10}  {part.ArchiveLength,10}  {part.Entries,7}"));
    }

    private static string Packing(ImageMember member) =>
        member.Streams > 1 ? string.Create(CultureInfo.InvariantCulture, $"{member.Compression} x{member.Streams}") : member.Compression;

    private static string LongForm(ImageRecord record, string? first)
    {
        ImageEntry entry = record.Entry;
        string size = entry.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice
            ? string.Create(CultureInfo.InvariantCulture, $"{entry.DeviceMajor}, {entry.DeviceMinor}")
            : record.Length.ToString(CultureInfo.InvariantCulture);
        string target = entry.LinkTarget is { } link ? $" -> {PathText.Show(link)}" : first is not null ? $" = {PathText.Show(first)}" : "";
        string note = record.PassedOver is { } reason ? $"  (passed over: {PathText.Show(reason)})" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{ModeText.Of(entry)} {record.Links,3} {entry.Uid,5} {entry.Gid,5} {size,10} {PathText.Show(entry.Path)}{target}{note}");
    }
}
