namespace Megatux.Imaging;

/// <summary>Blocks one behind the other.</summary>
/// <param name="Start">Number of the first; 0, where the superblock lies, stands for blocks of zeros that are nowhere.</param>
/// <param name="Count">How many.</param>
internal readonly record struct BlockRun(uint Start, uint Count)
{
    /// <summary>True for blocks of zeros that are nowhere.</summary>
    internal bool IsHole => Start == 0;
}
