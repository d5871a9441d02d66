using System.Buffers;
using Megatux.Model;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Xproc;

/// <summary>
/// A job on the disk: appended to by one thread, read by any number at their own pace. What was appended is on the disk, as
/// far as the death of this process goes, when <see cref="Append"/> returns.
/// </summary>
internal sealed class StoredJob
{
    private readonly JobLimits _limits;
    private readonly Lock _access = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly string _parent;
    private readonly JobCollector _collector;
    private SafeFileHandle? _file;
    private JobResult? _result;
    private TaskCompletionSource _changed = NewChange();
    private long _length, _droppedBytes;
    private string? _problem;

    private StoredJob(string parent, JobHead head, JobLimits limits) =>
        (_parent, Head, _limits, _collector) = (parent, head, limits, new JobCollector(head.Target));

    /// <summary>How it was started.</summary>
    internal JobHead Head { get; }

    /// <summary>When it was over; null while it is not, and where that could not be kept.</summary>
    internal DateTimeOffset? Ended { get; private set; }

    /// <summary>True when nothing more comes of it.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>True once it cannot be kept any further, and is to be given up.</summary>
    internal bool IsBroken => _problem is not null;

    /// <summary>What has come of it. Asked for by the thread that appends, or when it is over.</summary>
    internal JobResult Result => _result ?? JobResult.Of(_collector, Head.NotUp, _droppedBytes, _problem);

    /// <summary>How many bytes of entries there are.</summary>
    internal long Length
    {
        get
        {
            lock (_access)
                return _length;
        }
    }

    /// <summary>Is done once there are more entries than when it was asked for, or the job is over.</summary>
    internal Task Changed
    {
        get
        {
            lock (_access)
                return _changed.Task;
        }
    }

    /// <summary>Where its files are now.</summary>
    internal string FolderPath => JobFolder.PathOf(_parent, Head.Number, IsOver);

    /// <summary>Makes a new job on the disk.</summary>
    /// <exception cref="IOException">It cannot be made; nothing is left of it.</exception>
    internal static StoredJob Create(string parent, JobHead head, JobLimits limits)
    {
        var job = new StoredJob(parent, head, limits);
        JobFolder.Make(job.FolderPath);
        try
        {
            JobFolder.WriteHead(job.FolderPath, head);
            job.OpenRecords();
            return job;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Directory.Delete(job.FolderPath, recursive: true);
            throw;
        }
    }

    /// <summary>Finds a job on the disk that was made before.</summary>
    /// <returns>The job; null if it was not made whole, so that nobody has heard of it.</returns>
    internal static StoredJob? Load(string parent, string path, JobLimits limits)
    {
        if (JobFolder.ReadHead(path) is not { } head || JobFolder.PathOf(parent, head.Number, JobFolder.IsOver(path)) != path)
            return null;
        var job = new StoredJob(parent, head, limits) { IsOver = JobFolder.IsOver(path) };
        if (job.IsOver && JobFolder.ReadEnd(path) is { } end)
        {
            (job._result, job.Ended) = end;
            job._length = new FileInfo(JobFolder.RecordsOf(path)).Length;
            return job;
        }

        job.OpenRecords();
        job.TakeUp();
        if (job.IsOver)
            job.Close();
        return job;
    }

    /// <summary>Reads its entries, wherever they are.</summary>
    internal JobReader OpenReader() => new(this);

    /// <summary>Keeps records that are news. What cannot be kept is counted, and said in the result.</summary>
    internal void Append(IReadOnlyList<JobRecord> news)
    {
        _buffer.ResetWrittenCount();
        foreach (JobRecord record in news)
        {
            _collector.Take(record, out _);
            if (Reduced(record) is { } entry)
                entry.Write(_buffer);
        }

        Write(_buffer.WrittenSpan);
        if (_buffer.Capacity > 1 << 20)
            _buffer.Clear();
    }

    /// <summary>Nothing more comes of it.</summary>
    internal void Finish(DateTimeOffset now)
    {
        JobResult result = Result;
        string before = FolderPath;
        try
        {
            JobFolder.WriteEnd(before, result, now);
        }
        catch (IOException)
        {
            // The disk is full, which the result says to those who follow; who asks later learns it from the records.
        }

        Close();
        (_result, Ended) = (result, now);
        lock (_access)
            IsOver = true;
        try
        {
            Directory.Move(before, FolderPath);
        }
        catch (IOException)
        {
            // Whoever removes the folder of an experiment that runs wants nothing of its jobs.
        }

        Tell();
    }

    /// <summary>Closes its file, and leaves all as it is.</summary>
    internal void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Removes it from the disk. Who reads it at the moment reads on.</summary>
    internal void Remove()
    {
        try
        {
            Directory.Delete(FolderPath, recursive: true);
        }
        catch (IOException)
        {
            // What is left of it is found, and removed, when the folder is opened again.
        }
    }

    /// <summary>All records, those that were dropped without their bytes: what nodes need not say again.</summary>
    internal IEnumerable<JobRecord> Records()
    {
        using JobReader reader = OpenReader();
        long position = 0;
        while (reader.Read(position) is { IsEmpty: false } bytes)
        {
            position += bytes.Length;
            for (int length; (length = JobEntry.Read(bytes.Span, out JobEntry entry)) > 0; bytes = bytes[length..])
                yield return entry.Record;
        }
    }

    private JobEntry? Reduced(JobRecord record)
    {
        // What a node says last is always kept, and no more than that of a job that is given up.
        long length = _length + _buffer.WrittenCount;
        if (record.IsLast)
            return new JobEntry(record, 0);
        if (IsBroken)
            return null;
        if (length + record.Bytes.Length <= _limits.JobBytes)
            return new JobEntry(record, 0);
        _droppedBytes += record.Bytes.Length;
        if (length > _limits.JobBytes + _limits.DroppedRecordBytes)
            _problem = $"It wrote far more than the {_limits.JobBytes >> 20} MiB that are kept of a job, and was ended.";
        return new JobEntry(record with { Bytes = default }, (uint)record.Bytes.Length);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        try
        {
            RandomAccess.Write(_file!, bytes, _length);
        }
        catch (IOException failure)
        {
            _problem ??= $"What came of it from then on could not be kept, and it was ended: {failure.Message}";
            RandomAccess.SetLength(_file!, _length);
            return;
        }

        lock (_access)
            _length += bytes.Length;
        Tell();
    }

    private void Tell()
    {
        TaskCompletionSource changed;
        lock (_access)
            (changed, _changed) = (_changed, NewChange());
        changed.SetResult();
    }

    private void OpenRecords() => _file = File.OpenHandle(JobFolder.RecordsOf(FolderPath), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    // The last entry may have been cut off by the death of the process that wrote it: nobody has been told of it.
    private void TakeUp()
    {
        _length = RandomAccess.GetLength(_file!);
        long good = 0;
        using (JobReader reader = OpenReader())
        {
            while (reader.Read(good) is { IsEmpty: false } bytes)
            {
                int length;
                for (; (length = JobEntry.Read(bytes.Span, out JobEntry entry)) > 0; bytes = bytes[length..], good += length)
                {
                    _collector.Take(entry.Record, out _);
                    _droppedBytes += entry.Dropped;
                }

                if (!bytes.IsEmpty)
                    break;
            }
        }

        if (good < _length)
            RandomAccess.SetLength(_file!, good);
        _length = good;
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
