using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>What has come of a job from one node, held against what its process writes.</summary>
internal sealed class NodeAccount(string name, int incarnation)
{
    private IReadOnlyList<ScriptStep>? _steps;
    private int _next, _offset;

    internal string Name { get; } = name;

    /// <summary>The node's incarnation when the job was started.</summary>
    internal int Incarnation { get; } = incarnation;

    /// <summary>The incarnation that it ran on; 0 for none.</summary>
    internal int RanOn { get; set; }

    /// <summary>Its last record; 0 while there is none.</summary>
    internal RecordKind End { get; private set; }

    /// <summary>Takes a record.</summary>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    internal (string Expected, string Found)? Take(JobScript script, JobRecord record)
    {
        if (End is RecordKind.Exit or RecordKind.Refused)
            return ("nothing comes after a node's last record", $"{Name} says {record.Kind} after {End}");
        _steps ??= script.StepsOn(Name);
        switch (record.Kind)
        {
            case RecordKind.Lost:
                End = RecordKind.Lost;
                return null;
            case RecordKind.Refused:
                End = RecordKind.Refused;
                string reason = System.Text.Encoding.UTF8.GetString(record.Bytes.Span);
                return script.IsRefusal(Name, reason) ? null : ("only a job that cannot start is refused", $"{Name} refuses: {reason}");
            case RecordKind.Exit:
                End = RecordKind.Exit;
                return Exit(script, record.ExitCode);
            default:
                return Compare(record.Kind, record.Bytes.Span);
        }
    }

    private (string Expected, string Found)? Exit(JobScript script, int? code)
    {
        int expected = script.ExitCodeOn(Name);
        bool isAll = script.IsEndless || _next == _steps!.Count;
        _steps = [];
        return code == expected && isAll ? null
            : ($"{Name} ends with {expected} after all of its output came", $"it ended with {code}, {(isAll ? "after all" : "and output is missing")}");
    }

    private (string Expected, string Found)? Compare(RecordKind kind, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_next == _steps!.Count)
                return ($"{Name} writes nothing more", $"{bytes.Length} bytes came");
            ScriptStep step = _steps[_next];
            ReadOnlySpan<byte> rest = step.Bytes.AsSpan(_offset);
            int length = Math.Min(rest.Length, bytes.Length);
            if (kind != step.Kind || !bytes[..length].SequenceEqual(rest[..length]))
                return ($"{Name} writes what its process does, once and in order", $"something else came where its {_next + 1}. output should");
            bytes = bytes[length..];
            _offset += length;
            if (_offset == step.Bytes.Length)
                (_next, _offset) = (_next + 1, 0);
        }

        return null;
    }
}
