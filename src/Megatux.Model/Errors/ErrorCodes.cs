namespace Megatux.Model;

/// <summary>
/// Every error code of the project, one meaning each. The hundreds say whose it is: 10 the project file, 11 node sets,
/// 12 the address plan, 13 the manifest, 20 cpio and members, 21 joins, 22 overlays, 23 bases and archives, 24 packages,
/// 25 programs, 26 kernels and modules, 27 templates, 28 file systems, 30 the machine (disk, tools), 31 running images,
/// 32 the classic VMatic file, 36 the names service, 37 keys, 38 jobs, 39 the
/// simulator, 40 monitoring, 43 checks. docs/errors.md explains each.
/// </summary>
public static partial class ErrorCodes
{
}
