namespace Megatux.HostAgent;

/// <summary>
/// Keeps the agent small. The runtime lets garbage grow to the size of the processor's cache before it looks, which on large
/// machines is hundreds of MiB; beside a thousand guests that is a lot to keep for nothing.
/// </summary>
internal sealed class Garbage
{
    /// <summary>How much may be allocated until somebody looks, in bytes.</summary>
    private const long Budget = 8 << 20;

    private long _looked;

    /// <summary>Collects if enough has been allocated.</summary>
    internal void CollectIfMuch()
    {
        long allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _looked < Budget)
            return;
        _looked = allocated;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
