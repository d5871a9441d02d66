using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>Lets one build of an experiment run at a time. The kernel releases it when a build is killed.</summary>
internal sealed class BuildLock : IDisposable
{
    // include/uapi/asm-generic/errno-base.h: EAGAIN, which flock gives for a lock that another process holds.
    private const int HeldByAnother = 11;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private BuildLock(FileStream file) => _file = file;

    internal static BuildLock Take(string path, IBuildLog log, CancellationToken cancellation)
    {
        for (DateTime start = DateTime.UtcNow; ;)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return new BuildLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException failure) when (failure.HResult == HeldByAnother)
            {
                if (DateTime.UtcNow - start > Patience)
                    throw new MegatuxException(ErrorCodes.BuildLocked,
                        $"Another build of this experiment holds {path} for over {Patience.TotalMinutes} minutes: end it, or wait for it.", inner: failure);
                if (cancellation.WaitHandle.WaitOne(Pause))
                    cancellation.ThrowIfCancellationRequested();
                log.Detail("waiting for another build of this experiment");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
