using System.ComponentModel;
using System.Globalization;
using Megatux.Linux;

namespace Megatux.Agents;

/// <summary>What a machine calls itself.</summary>
public static class OwnName
{
    private const string HostnameFile = "/etc/hostname", NodeVariable = "MEGATUX_NODE";

    /// <summary>What the machine's first process called it when it came up, as programs that it starts are told; null if they are not.</summary>
    public static string? OfEnvironment => Environment.GetEnvironmentVariable(NodeVariable);

    /// <summary>What a machine is called that no plan names: as it was told, as its image says, or its kind and index.</summary>
    /// <param name="words">What it was told.</param>
    /// <param name="kind">"host" or "guest".</param>
    public static string WithoutPlan(BootWords words, string kind)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Node is { Length: > 0 } told ? told
            : File.Exists(HostnameFile) && File.ReadAllText(HostnameFile).Trim() is { Length: > 0 } own ? own
            : string.Create(CultureInfo.InvariantCulture, $"{kind}{words.Index}");
    }

    /// <summary>Has the kernel and all programs that this one starts know the name.</summary>
    public static void Take(string name, BootWords words)
    {
        ArgumentNullException.ThrowIfNull(words);
        Environment.SetEnvironmentVariable(NodeVariable, name);
        Environment.SetEnvironmentVariable("MEGATUX_INDEX", words.Index?.ToString(CultureInfo.InvariantCulture));

        // A container has it from whoever launched it, and may not change it.
        if (Hostname.Get() == name)
            return;
        try
        {
            Hostname.Set(name);
        }
        catch (Exception refused) when (refused is Win32Exception or ArgumentException)
        {
            FirstProcess.Say($"the hostname '{name}' was refused: {refused.Message}");
        }
    }
}
