using System.Text;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>Something that a process writes.</summary>
/// <param name="Pause">How long after what was before it.</param>
/// <param name="Kind">Output or error.</param>
/// <param name="Bytes">What.</param>
internal readonly record struct ScriptStep(TimeSpan Pause, RecordKind Kind, byte[] Bytes);

/// <summary>What a job does on each node: a function of the job and the node's name, so that all that comes can be held against it.</summary>
internal sealed class JobScript(ulong number, ScriptKind kind, SimulatedProgram? program = null)
{
    /// <summary>The exit code of a process that SIGTERM ended.</summary>
    internal const int Killed = 128 + 15;

    internal const string Refusal = "no such program";

    /// <summary>Within so many milliseconds processes write first.</summary>
    private const int Starts = 100;

    private const int FloodSteps = 40, FloodBytes = 2000;

    /// <summary>What all nodes write, which are many: by when they do.</summary>
    private readonly IReadOnlyList<ScriptStep>?[] _equal = new IReadOnlyList<ScriptStep>?[Starts];

    internal ulong Number { get; } = number;

    internal ScriptKind Kind { get; } = kind;

    /// <summary>The program that it brings with it; null if it brings none.</summary>
    internal SimulatedProgram? Program { get; } = program;

    /// <summary>Whether it runs until it is killed, or for so long that nobody waits for it.</summary>
    internal bool IsEndless => Kind == ScriptKind.Endless;

    /// <summary>How long after its last output a process ends.</summary>
    internal TimeSpan LastPause { get; } = kind == ScriptKind.Endless ? TimeSpan.FromMinutes(2) : TimeSpan.FromMilliseconds(1 + number % 50);

    internal JobSpec Spec => new() { Words = ["script", KindText.Of(Kind)], Bundle = Program?.Id };

    internal int ExitCodeOn(string node) => IsEndless ? Killed : Kind == ScriptKind.Codes ? (int)(Draw(node) % 4) : 0;

    internal bool RefusesOn(string node) => Kind == ScriptKind.Codes && Draw(node) % 9 == 0;

    /// <summary>Whether a node may refuse it for this reason.</summary>
    internal bool IsRefusal(string node, string reason) => RefusesOn(node) || Program?.IsRefusal(node, reason) == true;

    internal IReadOnlyList<ScriptStep> StepsOn(string node)
    {
        uint draw = Draw(node);
        TimeSpan start = TimeSpan.FromMilliseconds(1 + draw % Starts);
        switch (Kind)
        {
            case ScriptKind.Equal:
                return _equal[draw % Starts] ??= [new(start, RecordKind.Output, Text($"{Number} says the same everywhere\n"))];
            case ScriptKind.Different:
                return [new(start, RecordKind.Output, Text($"{node}\n")), new(TimeSpan.FromMilliseconds(draw % 70), RecordKind.Error, Text("and an error\n"))];
            case ScriptKind.Codes:
                return RefusesOn(node) ? [] : [new(start, RecordKind.Error, Text($"{ExitCodeOn(node)}\n"))];
            case ScriptKind.Endless:
                return [new(start, RecordKind.Output, Text("ready\n"))];
            case ScriptKind.Flood:
                return [.. Enumerable.Range(0, FloodSteps).Select(i => new ScriptStep(TimeSpan.FromMilliseconds(1), RecordKind.Output, Flood(i, Number % 2 == 0 ? 0 : draw)))];
            default:
                int lines = 20 + (int)(Number % 20);
                return [.. Enumerable.Range(0, lines).Select(i => new ScriptStep(
                    TimeSpan.FromMilliseconds(100 + (draw + (uint)i * 37) % 500), RecordKind.Output, Text(i % 3 == 0 ? $"{i} of {node}\n" : $"{i}\n")))];
        }
    }

    private static byte[] Flood(int step, uint draw)
    {
        byte[] bytes = new byte[FloodBytes];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(draw + (uint)(step * 31) + (uint)i);
        return bytes;
    }

    // FNV-1a, so that every process draws the same.
    private uint Draw(string node)
    {
        uint hash = 2166136261 ^ (uint)Number;
        foreach (char c in node)
            hash = (hash ^ c) * 16777619;
        return hash ^ (hash >> 15);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>What processes do.</summary>
internal enum ScriptKind
{
    /// <summary>Write a line, the same on all nodes.</summary>
    Equal,

    /// <summary>Write a line that no other node writes, and an error that all do.</summary>
    Different,

    /// <summary>End with different exit codes, or cannot be started.</summary>
    Codes,

    /// <summary>Write lines for some ten seconds, some of them the same.</summary>
    Stream,

    /// <summary>Write more than a node may keep.</summary>
    Flood,

    /// <summary>Run until they are killed.</summary>
    Endless,
}
