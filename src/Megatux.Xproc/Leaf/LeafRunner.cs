using System.Buffers;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Megatux.Linux;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <summary>Runs jobs on this node: a <see cref="JobLeaf"/> with real processes, on a thread of its own.</summary>
/// <param name="send">Sends a message to the daemon of the node's host. May wait for it.</param>
public sealed class LeafRunner(Action<TreeMessage> send) : ILeafEffects, JobProcess.IOutputTaker, IDisposable
{
    private const string Shell = "/bin/sh";
    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create(" \t\n|&;<>()$`\\\"'*?[#~=%{!");

    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Dictionary<ulong, JobProcess> _processes = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Poller _poller = new();
    private JobLeaf? _leaf;
    private ILeafService? _service;
    private volatile bool _isOver;

    /// <summary>Begins.</summary>
    /// <param name="service">What works on the node beside jobs, from time 0 on; null for nothing.</param>
    public void Start(ILeafService? service = null)
    {
        _service = service;
        _leaf = new JobLeaf(this);
        new Thread(Run) { IsBackground = true }.Start();
    }

    /// <summary>Takes a message from the daemon of the node's host. From any thread.</summary>
    public void Receive(TreeMessage message) => Post(() =>
    {
        _leaf!.Receive(message);
        _service?.Receive(message);
    });

    /// <summary>Ends the thread; processes that run are left alone.</summary>
    public void Dispose()
    {
        _isOver = true;
        _poller.Wake();
    }

    private void Post(Action work)
    {
        _posted.Enqueue(work);
        _poller.Wake();
    }

    void JobProcess.IOutputTaker.Post(Action work) => Post(work);

    void JobProcess.IOutputTaker.Wrote(ulong job, RecordKind kind, ReadOnlySpan<byte> bytes) => _leaf!.Wrote(job, kind, bytes, _clock.Elapsed);

    void JobProcess.IOutputTaker.TookInput(ulong job, int bytes) => _leaf!.TookInput(job, bytes);

    void JobProcess.IOutputTaker.Ended(ulong job, int code)
    {
        _processes.Remove(job);
        _leaf!.Exited(job, code);
    }

    void ILeafEffects.Send(TreeMessage message) => send(message);

    void ILeafEffects.Start(ulong job, JobSpec spec, string place)
    {
        // One word that only a shell understands is for the shell, as those know it who come from ssh.
        JobSpec words = spec.Words is [var text] && text.AsSpan().ContainsAny(ShellCharacters) ? spec with { Words = [Shell, "-c", text] } : spec;
        try
        {
            _processes[job] = JobProcess.Start(job, words, place, _poller, () => _clock.Elapsed, this);
        }
        catch (Exception refused) when (refused is Win32Exception or ArgumentException or IOException)
        {
            _leaf!.CouldNotStart(job, refused.Message);
        }
    }

    void ILeafEffects.Signal(ulong job, int signal)
    {
        if (_processes.TryGetValue(job, out JobProcess? process))
            process.Signal(signal);
    }

    void ILeafEffects.Input(ulong job, ReadOnlyMemory<byte> bytes, bool isLast)
    {
        if (_processes.TryGetValue(job, out JobProcess? process))
            process.Input(bytes, isLast);
    }

    void ILeafEffects.Hold(ulong job, bool hold)
    {
        if (_processes.TryGetValue(job, out JobProcess? process))
            process.Hold(hold);
    }

    private void Run()
    {
        while (!_isOver)
        {
            while (_posted.TryDequeue(out Action? work))
                work();
            TimeSpan now = _clock.Elapsed, next = TimeSpan.MaxValue;
            _leaf!.Tick(now);
            _service?.Tick(now);
            foreach (JobProcess process in _processes.Values.ToArray())
            {
                process.Tick(now);
                next = process.NextTime < next ? process.NextTime : next;
            }

            next = _leaf.NextTime < next ? _leaf.NextTime : next;
            next = _service?.NextTime < next ? _service.NextTime : next;
            if (_posted.IsEmpty)
                _poller.Wait(next == TimeSpan.MaxValue ? null : next > _clock.Elapsed ? next - _clock.Elapsed : TimeSpan.Zero);
        }

        _poller.Dispose();
    }
}
