namespace Megatux.Model;

/// <summary>A set operation, as the parts that it keeps of two overlapping sets: all else follows from these.</summary>
[Flags]
internal enum SetOperation
{
    KeepLeft = 1,
    KeepBoth = 2,
    KeepRight = 4,
    Union = KeepLeft | KeepBoth | KeepRight,
    Except = KeepLeft,
    Intersect = KeepBoth,
    SymmetricExcept = KeepLeft | KeepRight,
}
