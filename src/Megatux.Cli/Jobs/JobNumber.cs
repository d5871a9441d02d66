using System.Globalization;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>Numbers of jobs as people see and type them: hexadecimal, or so much of its start as no other job has.</summary>
internal static class JobNumber
{
    /// <summary>The number's text.</summary>
    internal static string Text(ulong number) => number.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The job that a person means.</summary>
    /// <exception cref="MegatuxException">There is none, or there are several.</exception>
    internal static JobSummary Find(string text, IReadOnlyList<JobSummary> jobs)
    {
        JobSummary[] meant = [.. jobs.Where(job => text.Length > 0 && Text(job.Head.Number).StartsWith(text, StringComparison.OrdinalIgnoreCase))];
        return meant switch
        {
            [var job] => job,
            [] => throw new MegatuxException(ErrorCodes.JobUnknown, $"There is no job '{text}': see megatux jobs for those that are kept."),
            _ => throw new MegatuxException(ErrorCodes.JobUnknown, $"{meant.Length} jobs begin with '{text}': give more of the one that you mean."),
        };
    }
}
