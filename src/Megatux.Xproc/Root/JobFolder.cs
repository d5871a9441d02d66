using System.Buffers;
using System.Globalization;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>The files of one job. That it is over is in the folder's name, which takes no room on a disk that is full.</summary>
internal static class JobFolder
{
    /// <summary>What the name of the folder of a job that is over ends with.</summary>
    private const string Over = ".over";

    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The path of a job's folder.</summary>
    internal static string PathOf(string parent, ulong number, bool isOver) =>
        Path.Combine(parent, number.ToString("x16", CultureInfo.InvariantCulture) + (isOver ? Over : ""));

    /// <summary>Whether a folder's name says that its job is over.</summary>
    internal static bool IsOver(string path) => path.EndsWith(Over, StringComparison.Ordinal);

    /// <summary>Where the records are.</summary>
    internal static string RecordsOf(string path) => Path.Combine(path, "records");

    /// <summary>Makes a folder that only its owner can look into.</summary>
    internal static void Make(string path) => Directory.CreateDirectory(path, OwnFolder);

    /// <summary>Writes how a job was started.</summary>
    internal static void WriteHead(string path, JobHead head) => Write(HeadOf(path), payload => JobCodec.Write(head, payload));

    /// <summary>Reads how a job was started.</summary>
    /// <returns>That; null if whoever was to write it did not get to its end.</returns>
    internal static JobHead? ReadHead(string path)
    {
        if (!File.Exists(HeadOf(path)))
            return null;
        var reader = new PayloadReader(File.ReadAllBytes(HeadOf(path)));
        JobHead head = JobCodec.ReadHead(ref reader);
        return reader.IsGood ? head : null;
    }

    /// <summary>Writes what came of a job in the end.</summary>
    internal static void WriteEnd(string path, JobResult result, DateTimeOffset ended) => Write(EndOf(path), payload =>
    {
        JobCodec.Write(ended, payload);
        JobCodec.Write(result, payload);
    });

    /// <summary>Reads what came of a job in the end.</summary>
    /// <returns>That; null if it could not be written.</returns>
    internal static (JobResult Result, DateTimeOffset? Ended)? ReadEnd(string path)
    {
        if (!File.Exists(EndOf(path)))
            return null;
        var reader = new PayloadReader(File.ReadAllBytes(EndOf(path)));
        DateTimeOffset? ended = JobCodec.ReadEnd(ref reader);
        JobResult result = JobCodec.ReadResult(ref reader);
        return reader.IsGood ? (result, ended) : null;
    }

    private static string HeadOf(string path) => Path.Combine(path, "job");

    private static string EndOf(string path) => Path.Combine(path, "end");

    private static void Write(string path, Action<PayloadWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        write(new PayloadWriter(bytes));
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(bytes.WrittenSpan);
    }
}
