using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// Contents that lie in a packed member. Reading them means reading the archive up to them, so they are asked for only
/// where nothing else will do: a library of a cached base that a new program is checked against.
/// </summary>
internal sealed class ArchivedContent(string member, string path, long length) : Content
{
    public override long Length { get; } = length;

    public override Stream Open()
    {
        using ImageReader reader = ImageReader.Open(member);
        while (reader.Next() is { } record)
        {
            if (record.Entry.Path != path || record.Entry.Kind != EntryKind.File)
                continue;
            byte[] bytes = new byte[record.Length];
            for (int done = 0; done < bytes.Length;)
                done += reader.ReadContent(bytes.AsSpan(done)) is > 0 and int read
                    ? read
                    : throw new MegatuxException(ErrorCodes.ImageDamaged, $"{member} ends within {path}: remove the file, so that it is packed again.");
            return new MemoryStream(bytes, writable: false);
        }

        throw new MegatuxException(ErrorCodes.ImageDamaged, $"{member} does not hold {path}, though its index says so: remove the file, so that it is packed again.");
    }
}
