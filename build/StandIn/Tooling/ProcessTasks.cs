using System.Diagnostics;

namespace Nuke.Common.Tooling;

/// <summary>Starts programs.</summary>
public static class ProcessTasks
{
    /// <summary>Starts a program of the PATH or at a path, without input; what it prints goes to the logger line by line.</summary>
    public static IProcess StartProcess(string toolPath, string? arguments = null, string? workingDirectory = null,
        Action<OutputType, string>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(toolPath);
        Console.WriteLine($"> {toolPath} {arguments}".TrimEnd());
        var start = new ProcessStartInfo(toolPath, arguments ?? "")
        {
            WorkingDirectory = workingDirectory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new RunningProcess(Process.Start(start)!, logger ?? ((_, line) => Console.WriteLine(line)));
    }

    /// <summary>Waits for a program, and demands that it succeeded.</summary>
    /// <exception cref="ProcessException">Its exit code is not 0.</exception>
    public static IProcess AssertZeroExitCode(this IProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        process.WaitForExit();
        return process.ExitCode == 0 ? process : throw new ProcessException(process);
    }

    private sealed class RunningProcess : IProcess
    {
        private readonly Process _process;

        public RunningProcess(Process process, Action<OutputType, string> logger)
        {
            _process = process;
            process.StandardInput.Close();
            process.OutputDataReceived += (_, line) => Log(OutputType.Std, line.Data);
            process.ErrorDataReceived += (_, line) => Log(OutputType.Err, line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();

            void Log(OutputType type, string? line)
            {
                // No line marks the end of a stream.
                if (line is not null)
                    logger(type, line);
            }
        }

        public string FileName => _process.StartInfo.FileName;

        public string Arguments => _process.StartInfo.Arguments;

        public int ExitCode => _process.ExitCode;

        public bool WaitForExit()
        {
            _process.WaitForExit();
            return true;
        }

        public void Dispose() => _process.Dispose();
    }
}
