namespace Megatux.HostAgent;

/// <summary>
/// Gives memory back that the start of many nodes has taken. The runtime's own budget (Gen0MaxBudget in the project file) bounds
/// garbage, but keeps the memory that it lay in: twice as much as is in use, with fifty guests as with a thousand.
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
