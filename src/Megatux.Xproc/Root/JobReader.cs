using Microsoft.Win32.SafeHandles;

namespace Megatux.Xproc;

/// <summary>Reads a job's entries at a pace of its own, while more are appended.</summary>
internal sealed class JobReader : IDisposable
{
    private const int UsualRoom = 64 << 10;

    private readonly StoredJob _job;
    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[UsualRoom];

    internal JobReader(StoredJob job)
    {
        _job = job;
        _file = Open(job);
    }

    /// <summary>Whole entries from a position on, some of those that there are; none at the end. They hold until the next call.</summary>
    internal ReadOnlyMemory<byte> Read(long position)
    {
        while (true)
        {
            int there = (int)Math.Min(_buffer.Length, _job.Length - position);
            int read = 0;
            while (read < there && RandomAccess.Read(_file, _buffer.AsSpan(read, there - read), position + read) is > 0 and int piece)
                read += piece;
            int whole = JobEntry.Whole(_buffer.AsSpan(0, Math.Max(0, read)), out long next);
            if (whole > 0)
                return _buffer.AsMemory(0, whole);
            if (next <= _buffer.Length || next > JobEntry.Longest || next > _job.Length - position)
                return default;
            _buffer = new byte[next];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Its folder gets another name when it is over.
    private static SafeFileHandle Open(StoredJob job)
    {
        try
        {
            return OpenAt(job.FolderPath);
        }
        catch (IOException) when (job.IsOver)
        {
            return OpenAt(job.FolderPath);
        }
    }

    private static SafeFileHandle OpenAt(string path) =>
        File.OpenHandle(JobFolder.RecordsOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
