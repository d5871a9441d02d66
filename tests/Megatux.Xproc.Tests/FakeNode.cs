using System.Globalization;
using System.Text;
using Megatux.Model;
using Megatux.Tree;

namespace Megatux.Xproc.Tests;

/// <summary>
/// A node whose processes are made of words: <c>echo TEXT</c>, <c>name</c>, <c>exit CODE</c>, <c>cat</c>, <c>hang</c> (until a
/// signal ends it; it reads nothing before), <c>flood BYTES</c>, <c>refuse</c>. On the thread of the root.
/// </summary>
internal sealed class FakeNode : ILeafEffects
{
    private readonly Action<TreeMessage> _send;
    private readonly Action<Action> _post;
    private readonly Dictionary<ulong, Process> _processes = [];

    internal FakeNode(string name, Action<TreeMessage> send, Action<Action> post)
    {
        (Name, _send, _post) = (NodeSet.Parse(name), send, post);
        Leaf = new JobLeaf(this);
    }

    internal NodeSet Name { get; }

    internal JobLeaf Leaf { get; }

    /// <summary>How many bytes of input came.</summary>
    internal long Given { get; private set; }

    /// <summary>How many processes were started.</summary>
    internal int Started { get; private set; }

    public void Send(TreeMessage message) => _send(message);

    public void Start(ulong job, JobSpec spec, string place)
    {
        Started++;
        var process = new Process { IsReading = spec.Words is not ["hang"], Rest = spec.Words is ["flood", var bytes] ? long.Parse(bytes, CultureInfo.InvariantCulture) : 0 };
        _processes[job] = process;
        switch (spec.Words)
        {
            case ["echo", var text]:
                Write(job, text + "\n");
                Exit(job, 0);
                break;
            case ["name"]:
                Write(job, Name + "\n");
                Exit(job, 0);
                break;
            case ["exit", var code]:
                Exit(job, int.Parse(code, CultureInfo.InvariantCulture));
                break;
            case ["flood", _]:
                _post(() => Flood(job, process));
                break;
            case ["refuse"]:
                _post(() => Leaf.CouldNotStart(job, "no such program"));
                break;
        }
    }

    public void Signal(ulong job, int signal) => Exit(job, 128 + signal);

    public void Input(ulong job, ReadOnlyMemory<byte> bytes, bool isLast)
    {
        Given += bytes.Length;
        if (!_processes[job].IsReading)
            return;
        _post(() => Leaf.TookInput(job, bytes.Length));
        Write(job, Encoding.UTF8.GetString(bytes.Span));
        if (isLast)
            Exit(job, 0);
    }

    public void Hold(ulong job, bool hold)
    {
        Process process = _processes[job];
        process.IsHeld = hold;
        if (!hold)
            _post(() => Flood(job, process));
    }

    private void Flood(ulong job, Process process)
    {
        while (!process.IsHeld && process.Rest > 0)
        {
            int length = (int)Math.Min(JobRecord.MostBytes, process.Rest);
            process.Rest -= length;
            byte[] bytes = new byte[length];
            bytes.AsSpan().Fill((byte)'x');
            Leaf.Wrote(job, RecordKind.Output, bytes, TestRoot.Now);
            if (process.Rest == 0)
                Leaf.Exited(job, 0);
        }
    }

    private void Write(ulong job, string text)
    {
        foreach (byte[] part in Encoding.UTF8.GetBytes(text).Chunk(JobRecord.MostBytes))
            _post(() => Leaf.Wrote(job, RecordKind.Output, part, TestRoot.Now));
    }

    private void Exit(ulong job, int code) => _post(() => Leaf.Exited(job, code));

    private sealed class Process
    {
        internal bool IsReading { get; init; }

        internal bool IsHeld { get; set; }

        internal long Rest { get; set; }
    }
}
