using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Megatux.Testing;

/// <summary>Has the command keep keys of tests' experiments in a folder that is gone with the tests' process, and not in its user's home.</summary>
internal static class TestState
{
    private const string Variable = "XDG_STATE_HOME";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Whatever a test starts first inherits it.")]
    internal static void Begin()
    {
        var folder = new TempFolder();
        Environment.SetEnvironmentVariable(Variable, folder.Path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
    }
}
