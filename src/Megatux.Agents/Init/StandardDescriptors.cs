using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Agents;

/// <summary>This process's own standard descriptors, for a child that shares them.</summary>
public static class StandardDescriptors
{
    internal const int Input = 0, Output = 1, Errors = 2;

    /// <summary>Input, output and errors.</summary>
    internal static IReadOnlyList<(SafeHandle Handle, int Number)> All() => [(Own(Input), Input), .. Outputs()];

    /// <summary>Output and errors.</summary>
    public static IReadOnlyList<(SafeHandle Handle, int Number)> Outputs() => [(Own(Output), Output), (Own(Errors), Errors)];

    private static SafeFileHandle Own(int number) => new(number, ownsHandle: false);
}
