namespace Megatux.Xproc;

/// <summary>A job among others.</summary>
/// <param name="Head">How it was started.</param>
/// <param name="Result">What has come of it so far.</param>
/// <param name="Ended">When it was over; null while it is not.</param>
public sealed record JobSummary(JobHead Head, JobResult Result, DateTimeOffset? Ended);
