using Megatux.Linux;

namespace Megatux.Imaging;

/// <summary>
/// What tells that a file was not touched: the change time, which nobody can set, catches chmod, chown, renames and edits
/// that keep size and modification time; a directory's changes whenever a name in it comes, goes or is replaced.
/// </summary>
internal readonly record struct FileSignature(FileKind Kind, int Mode, uint Uid, uint Gid, long Size, long MtimeNs, long CtimeNs, ulong Inode)
{
    // Two changes within one tick of the kernel's clock carry the same time; ticks are 10 ms at most (CONFIG_HZ=100).
    private const long TickNs = 50_000_000;

    /// <summary>The signature of a name that is not there.</summary>
    internal static FileSignature Absent => default;

    /// <summary>Never equal to what a file has: makes the next look take the file for changed.</summary>
    internal static FileSignature Untrusted => new() { Inode = ulong.MaxValue };

    internal static FileSignature Of(in FileStatus status) =>
        new(status.Kind, status.Mode, status.Uid, status.Gid, status.Size, status.MtimeNs, status.CtimeNs, status.Inode);

    internal static FileSignature Of(string path) => FileStatus.TryRead(path, out FileStatus status) ? Of(status) : Absent;

    /// <summary>
    /// True when the file changed so shortly before <paramref name="lookedAtNs"/> that a later change could carry the same time.
    /// </summary>
    internal bool IsTooYoung(long lookedAtNs) => CtimeNs > lookedAtNs - TickNs;

    /// <summary>Now, on the clock that the kernel stamps files with.</summary>
    internal static long NowNs() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    internal static FileSignature Read(BinaryReader reader) => new(
        (FileKind)reader.ReadByte(), reader.ReadUInt16(), reader.ReadUInt32(), reader.ReadUInt32(),
        reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64());

    internal void Write(BinaryWriter writer)
    {
        writer.Write((byte)Kind);
        writer.Write((ushort)Mode);
        writer.Write(Uid);
        writer.Write(Gid);
        writer.Write(Size);
        writer.Write(MtimeNs);
        writer.Write(CtimeNs);
        writer.Write(Inode);
    }
}
