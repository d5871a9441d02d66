using System.ComponentModel;
using Megatux.Linux;

namespace Megatux.Agents;

/// <summary>The kernel modules that an image loads: a path a line, each after what it needs.</summary>
public static class ModuleList
{
    private const string ListFile = "/etc/megatux/modules";

    private const char Comment = '#';

    /// <summary>Loads them in order. One that cannot be loaded is said, and the others follow.</summary>
    public static void Load()
    {
        if (!File.Exists(ListFile))
            return;
        foreach (string line in File.ReadLines(ListFile))
        {
            string module = line.Trim();
            if (module.Length == 0 || module[0] == Comment)
                continue;
            try
            {
                Modules.Load(module);
            }
            catch (Exception refused) when (refused is Win32Exception or IOException or UnauthorizedAccessException)
            {
                FirstProcess.Say($"the kernel module {module} was not loaded: {refused.Message}");
            }
        }
    }
}
