using System.Text.Json.Serialization;

namespace Megatux.Model;

// buffer-format: experiment.json, schema 1. The order of properties here is their order in the file.

/// <summary>The whole file.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ManifestDocument
{
    public required int Schema { get; init; }

    public required ExperimentDocument Experiment { get; init; }

    public required XprocDocument Xproc { get; init; }

    public PushmonDocument? Pushmon { get; init; }

    public required KernelsDocument Kernels { get; init; }

    // The serializer watches over nulls in properties, not over those in lists.
    public required IReadOnlyList<MemberDocument?> Members { get; init; }
}

/// <summary>All that is read of a file before its version is known.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record SchemaDocument
{
    public required int Schema { get; init; }
}

/// <summary>The plan's parameters.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ExperimentDocument
{
    public required string Name { get; init; }

    public required string Hosts { get; init; }

    public required int VmsPerHost { get; init; }

    public required string GuestNetworkBase { get; init; }

    public required int GuestPrefixLength { get; init; }

    public required int VmMemoryMiB { get; init; }

    public int? HostMemoryMiB { get; init; }

    public required decimal MemoryOvercommit { get; init; }

    public decimal? Churn { get; init; }

    public int? ChurnSeed { get; init; }

    public required string HostNetwork { get; init; }

    public required string FirstHostAddress { get; init; }

    public string? HostGateway { get; init; }

    public required string HostIdentity { get; init; }

    public required string HostInterface { get; init; }

    public required string MacPrefix { get; init; }

    public required string Hypervisor { get; init; }

    public IReadOnlyList<GroupDocument?>? Groups { get; init; }

    public IReadOnlyList<EquationDocument?>? Equations { get; init; }
}

/// <summary>A function of the plan that the project expresses itself.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EquationDocument
{
    public required string Function { get; init; }

    public required string Expression { get; init; }

    public string? Inverse { get; init; }
}

/// <summary>Nodes under a name.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GroupDocument
{
    public required string Name { get; init; }

    public required string Nodes { get; init; }
}

/// <summary>Process startup.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record XprocDocument
{
    public required bool Enabled { get; init; }

    public required string ListenInterface { get; init; }

    public required int Port { get; init; }
}

/// <summary>Monitoring, where it is not as usual.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PushmonDocument
{
    public required int IntervalMs { get; init; }
}

/// <summary>The kernels that there are.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record KernelsDocument
{
    public KernelDocument? Host { get; init; }

    public KernelDocument? Guest { get; init; }
}

/// <summary>A kernel.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record KernelDocument
{
    public required string File { get; init; }

    public required string Sha256 { get; init; }

    public required string Version { get; init; }
}

/// <summary>A member of an image.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MemberDocument
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public string? Nodes { get; init; }

    public required string File { get; init; }

    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required string Compression { get; init; }
}
