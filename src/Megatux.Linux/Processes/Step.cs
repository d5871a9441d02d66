using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>One system call of a child between its birth and its program. <see cref="StepRunner"/>'s code knows this layout.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Step
{
    /// <summary>A result fails the start if it has any of these bits. Errors are negative, so this is the sign: an error fails.</summary>
    internal const long Errors = long.MinValue;

    /// <summary>Any result but 0 fails the start.</summary>
    internal const long AllButZero = -1;

    /// <summary>Nothing fails the start.</summary>
    internal const long Nothing = 0;

    internal const int ArgumentCount = 6;

    internal long Number;
    internal fixed long Arguments[ArgumentCount];

    /// <summary>Bits that no good result has.</summary>
    internal long FailsOn;

    /// <summary>Where the result goes besides, mostly into an argument of a later step; or null.</summary>
    internal long* Result;
}
