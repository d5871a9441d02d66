namespace Megatux.Sexp.Tests;

/// <summary>Work that has to end: whatever is read or run is bounded.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    internal static Task Within(Action work) =>
        Task.Run(work, TestContext.Current.CancellationToken).WaitAsync(Most, TestContext.Current.CancellationToken);
}
