using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>
/// The jobs of an experiment on the disk, each in a folder of its own: how it was started, what has come of it, and whether it
/// is over. A root that was killed finds all of them again. Of those that are over the last ones are kept. For one thread.
/// </summary>
public sealed class JobStore : IDisposable
{
    private readonly string _folder;
    private readonly JobLimits _limits;
    private readonly Dictionary<ulong, StoredJob> _jobs = [];

    private JobStore(string folder, JobLimits limits) => (_folder, _limits) = (folder, limits);

    /// <summary>All jobs, the earliest first.</summary>
    internal IEnumerable<StoredJob> Jobs => _jobs.Values.OrderBy(job => job.Head.Started).ThenBy(job => job.Head.Number);

    /// <summary>Those that are not over.</summary>
    internal IEnumerable<StoredJob> Running => Jobs.Where(job => !job.IsOver);

    /// <summary>Opens the folder of an experiment's jobs, and makes it where it is not there.</summary>
    /// <param name="folder">The folder; nobody else may use it.</param>
    /// <param name="limits">How much is kept.</param>
    /// <exception cref="MegatuxException">The folder cannot be made or read.</exception>
    public static JobStore Open(string folder, JobLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var store = new JobStore(folder, limits ?? new JobLimits());
        try
        {
            JobFolder.Make(folder);
            foreach (string path in Directory.GetDirectories(folder))
            {
                if (StoredJob.Load(folder, path, store._limits) is { } job)
                    store._jobs.Add(job.Head.Number, job);
                else
                    Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.JobNotKept, $"Jobs cannot be kept in {folder} ({failure.Message}): mend that, or remove the folder.", inner: failure);
        }

        store.RemoveOldest();
        return store;
    }

    /// <summary>The job of a number; null if there is none.</summary>
    internal StoredJob? Find(ulong number) => _jobs.GetValueOrDefault(number);

    /// <summary>Keeps a new job.</summary>
    /// <exception cref="MegatuxException">It cannot be kept.</exception>
    internal StoredJob Create(JobHead head)
    {
        try
        {
            var job = StoredJob.Create(_folder, head, _limits);
            _jobs.Add(head.Number, job);
            return job;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.JobNotKept,
                $"The job cannot be kept in {_folder} ({failure.Message}), so it was not started: make room there, and start it again.", inner: failure);
        }
    }

    /// <summary>A job is over.</summary>
    internal void Finish(StoredJob job, DateTimeOffset now)
    {
        job.Finish(now);
        RemoveOldest();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StoredJob job in _jobs.Values)
            job.Close();
    }

    private void RemoveOldest()
    {
        int count = 0;
        long bytes = 0;
        foreach (StoredJob job in _jobs.Values.Where(job => job.IsOver).OrderByDescending(job => job.Ended ?? job.Head.Started).ToArray())
        {
            count++;
            bytes += job.Length;
            if (count <= _limits.FinishedJobs && (bytes <= _limits.FinishedBytes || count == 1))
                continue;
            _jobs.Remove(job.Head.Number);
            job.Remove();
        }
    }
}
