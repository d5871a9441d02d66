namespace Megatux.Sdk;

/// <summary>The names that a project may use: public properties, items and their metadata.</summary>
internal static class KnownNames
{
    internal static readonly string[] Properties =
    [
        "ExperimentName", "VmsPerHost", "VmNetworkStart", "VmNetmask", "VmMemory", "HostMemory", "MemoryOvercommit", "Churn", "ChurnSeed",
        "HostNetwork", "FirstHostAddress", "HostGateway", "HostIdentity", "HostInterface", "MacPrefix", "Hypervisor",
        "HostBase", "GuestBase", "BaseSizeLimit", "HostKernel", "GuestKernel", "UseModules", "TemplatePath",
        "HostImageDir", "GuestImageDir", "OutputPath", "IntermediateOutputPath", "Compression", "CompressionLevel",
        "SourceDateEpoch", "UseXproc", "XprocConfig", "XprocInterface", "XprocPort", "PushmonInterval", "NetbootUrl", "HostCommandLine",
    ];

    /// <summary>Properties that only the targets read, before the tasks see anything.</summary>
    internal static readonly string[] TargetProperties =
    [
        "DefaultKernelModules", "DefaultGuestKernelModules", "BuildDependsOn", "CleanDependsOn", "MegatuxPrepareDependsOn", "MegatuxScanDependsOn",
        "MegatuxImagesDependsOn", "MegatuxPublishDependsOn", "MegatuxCleanDependsOn",
    ];

    internal static readonly IReadOnlyDictionary<string, string[]> Items = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["PhysicalHosts"] = [],
        ["NodeGroup"] = ["Nodes"],
        ["NodeEquation"] = ["Expression", "Inverse"],
        ["HostOverlay"] = ["Nodes", "AllowDanglingLinks"],
        ["GuestOverlay"] = ["Nodes", "AllowDanglingLinks"],
        ["HostProgram"] = ["Nodes", "Path"],
        ["GuestProgram"] = ["Nodes", "Path"],
        ["HostPackage"] = ["Nodes", "Version"],
        ["GuestPackage"] = ["Nodes", "Version"],
        ["KernelModule"] = ["Image"],
        ["Template"] = ["Image", "Path", "Mode"],
        ["TemplateVariable"] = ["Value"],
        ["Validation"] = ["Nodes", "Command", "Expression", "Expect", "ExitCode", "AtLeast", "Count", "Within"],
    };
}
