using System.ComponentModel;
using System.Diagnostics;
using System.Xml;

namespace Megatux.Building;

/// <summary>A program that runs the tests built into it.</summary>
internal sealed record TestProgram(string Name, string Path);

/// <summary>
/// Runs test programs one after another; each leaves a result file in the folder given. Each has a temporary folder of its
/// own: what .NET's SDK leaves there goes with it, and what Megatux leaves there is a failure.
/// </summary>
internal sealed class TestRun(string resultsFolder, TimeSpan deadline, TextWriter output)
{
    private const string OurPrefix = "megatux";

    /// <summary>How long one program may take. The slowest boot real kernels without virtualization hardware.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(25);

    /// <summary>Runs the programs, each with all of its tests or with those that match the pattern.</summary>
    public TestTotals Run(IEnumerable<TestProgram> programs, string? method)
    {
        Directory.CreateDirectory(resultsFolder);
        return new TestTotals([.. programs.Select(program => Run(program, method))]);
    }

    private TestResults Run(TestProgram program, string? method)
    {
        string file = Path.Combine(resultsFolder, $"{program.Name}.xml");
        File.Delete(file);
        if (!File.Exists(program.Path))
            return TestResults.Broken(program.Name, $"There is no {program.Path}; is the project in the solution?");

        output.WriteLine($"\n{program.Name}");
        long start = Stopwatch.GetTimestamp();
        TestResults results;
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("megatux-tests-");

        // Tests become other users, who must get to what they are given there.
        temporary.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            int? exitCode = Start(program.Path, file, method, temporary.FullName);
            results = Judge(program.Name, exitCode, file, isFiltered: method is not null);
            if (temporary.GetFileSystemInfos(OurPrefix + "*") is [{ } left, ..])
                results = results with { Failures = [.. results.Failures, new TestRemark(program.Name, $"The program left {left.Name} in its temporary folder.")] };
        }
        catch (Win32Exception problem)
        {
            results = TestResults.Broken(program.Name, $"The program could not be started: {problem.Message}");
        }
        finally
        {
            temporary.Delete(recursive: true);
        }

        output.WriteLine($"{results.Passed} passed, {results.Failures.Count} failed, {results.Skips.Count} skipped"
            + $" in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: {program.Name}");
        return results;
    }

    // The program's exit code, or null when it had to be killed.
    private int? Start(string path, string file, string? method, string temporary)
    {
        string[] filter = method is null ? [] : ["-method", method];
        var start = new ProcessStartInfo(path, ["-noLogo", "-noColor", "-noAutoReporters", "-reporter", "quiet", .. filter, "-xml", file])
        {
            // Output goes straight to ours, so that what a dying program printed last is seen, in its place.
            RedirectStandardInput = true,
            Environment = { ["TMPDIR"] = temporary },
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        if (process.WaitForExit(deadline))
            return process.ExitCode;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return null;
    }

    private TestResults Judge(string name, int? exitCode, string file, bool isFiltered)
    {
        if (exitCode is null)
            return TestResults.Broken(name, $"The program was killed: not done after {deadline.TotalSeconds:0} s.");
        if (!File.Exists(file))
            return TestResults.Broken(name, $"The program ended with exit code {exitCode} and left no results.");
        try
        {
            TestResults results = TestResults.Read(file);
            bool isEmpty = results.Passed + results.Failures.Count + results.Skips.Count == 0;
            if (isEmpty)
                return isFiltered ? results : TestResults.Broken(name, "The program holds no tests.");
            return exitCode == 0 || results.Failures.Count > 0 ? results : results with
            {
                Failures = [new TestRemark(name, $"No test failed, but the program ended with exit code {exitCode}.")],
            };
        }
        catch (XmlException problem)
        {
            return TestResults.Broken(name, $"The program ended with exit code {exitCode} and left broken results: {problem.Message}");
        }
    }
}
