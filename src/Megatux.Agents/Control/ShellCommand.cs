using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Megatux.Linux;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Agents;

/// <summary>A command that somebody who looks into a node has its shell run.</summary>
public static class ShellCommand
{
    /// <summary>How long a command may take; then it is killed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>How much it may write, in bytes; then it is killed, and its answer ends without an exit code.</summary>
    public const int LongestOutput = 1 << 20;

    /// <summary>The longest answer, in bytes: the output, and a NUL and the exit code behind it.</summary>
    public const int LongestAnswer = LongestOutput + 16;

    private const string Shell = "/bin/sh";

    /// <summary>Is told of a part of what the command writes, of its exit code at the end, and then of nothing: the end.</summary>
    public delegate void Part(ReadOnlySpan<byte> bytes);

    /// <summary>Starts a command, on threads of its own.</summary>
    public static void Start(string command, Part part) => new Thread(() => Run(command, part)) { IsBackground = true }.Start();

    private static void Run(string command, Part part)
    {
        int code;
        try
        {
            (SafeFileHandle output, SafeFileHandle input) = Pipe.Create();
            using ChildProcess child = ChildProcess.Start(new ChildStart
            {
                Program = Shell,
                Arguments = ["-c", command],
                Descriptors = [((SafeHandle)input, 1), (input, 2)],
                NewSession = true,
                GroupEndsWithIt = true,
            });
            input.Dispose();
            using var timer = new Timer(_ => child.SignalGroup(Signals.Kill), null, Limit, Timeout.InfiniteTimeSpan);
            using (var stream = new FileStream(output, FileAccess.Read, bufferSize: 0))
            {
                byte[] buffer = new byte[RequestNumber.LongestRest];
                int room = LongestOutput;
                while (stream.Read(buffer) is > 0 and int read)
                {
                    part(buffer.AsSpan(0, Math.Min(read, room)));
                    room -= read;
                    if (room > 0)
                        continue;
                    part(default);
                    return;
                }
            }

            code = child.Exit.GetAwaiter().GetResult().ShellCode;
        }
        catch (Exception refused) when (refused is IOException or Win32Exception)
        {
            part(Encoding.UTF8.GetBytes(refused.Message + "\n"));
            code = 127;
        }

        part(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\0{code}")));
        part(default);
    }
}
