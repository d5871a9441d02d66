namespace Megatux.Building;

/// <summary>Says which tests failed or were skipped, and why.</summary>
internal static class TestReport
{
    public static void Write(TextWriter output, TestTotals totals)
    {
        WriteEach(output, "Skipped", totals.Skips);
        WriteEach(output, "Failed", totals.Failures);
    }

    private static void WriteEach(TextWriter output, string what, IReadOnlyList<TestRemark> remarks)
    {
        foreach (TestRemark remark in remarks)
            output.WriteLine($"\n{what}: {remark.Name}\n    {remark.Message.ReplaceLineEndings("\n    ")}");
    }
}
