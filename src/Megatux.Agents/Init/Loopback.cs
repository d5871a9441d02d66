using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Agents;

/// <summary>The interface that every machine has, which its kernel leaves down.</summary>
public static class Loopback
{
    /// <summary>Sets it up, with its address.</summary>
    public static void SetUp()
    {
        using NetworkSetup setup = NetworkSetup.Open();
        setup.SetUp(InterfaceNames.Loopback);
        setup.Commit();
    }
}
