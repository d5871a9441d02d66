using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>A job as it was started.</summary>
/// <param name="Number">Its number, unlike that of any other job.</param>
/// <param name="Started">When.</param>
/// <param name="Target">The nodes that it was started on.</param>
/// <param name="NotUp">The nodes that were meant and could not be given work then.</param>
/// <param name="Spec">What they started.</param>
public sealed record JobHead(ulong Number, DateTimeOffset Started, NodeSet Target, NodeSet NotUp, JobSpec Spec);
