using System.ComponentModel;
using System.Runtime.InteropServices;
using Megatux.Linux;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Xproc;

/// <summary>A job's process on this node, with its three streams. All on the thread of the poller.</summary>
internal sealed class JobProcess
{
    /// <summary>How long after its end others, which have its output open, may go on writing to it.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>What is on a device that a program comes by.</summary>
    private const string ProgramFileSystem = "ext2";

    private static readonly TimeSpan DeviceLimit = TimeSpan.FromSeconds(10);

    private readonly Poller _poller;
    private readonly Func<TimeSpan> _clock;
    private readonly IOutputTaker _taker;
    private readonly ulong _job;
    private readonly ChildProcess _child;
    private readonly List<(SafeFileHandle Handle, RecordKind Kind)> _outputs = [];
    private TimeSpan _limit;
    private ProcessInput? _input;
    private TimeSpan _outputEnd = TimeSpan.MaxValue;
    private bool _isHeld;
    private int? _code;

    private JobProcess(ulong job, ChildProcess child, TimeSpan? limit, Poller poller, Func<TimeSpan> clock, IOutputTaker taker)
    {
        (_job, _child, _poller, _clock, _taker) = (job, child, poller, clock, taker);
        _limit = limit is { } time ? clock() + time : TimeSpan.MaxValue;
    }

    /// <summary>Is told what a job's process writes and takes, and its end.</summary>
    internal interface IOutputTaker
    {
        /// <summary>It wrote something.</summary>
        void Wrote(ulong job, RecordKind kind, ReadOnlySpan<byte> bytes);

        /// <summary>It took so many bytes of its input, or will never take them.</summary>
        void TookInput(ulong job, int bytes);

        /// <summary>It has ended, and nothing more of what it wrote will come.</summary>
        void Ended(ulong job, int code);

        /// <summary>Has something done on the thread of the poller. From any thread.</summary>
        void Post(Action work);
    }

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    internal TimeSpan NextTime => _limit < _outputEnd ? _limit : _outputEnd;

    /// <summary>Starts it.</summary>
    /// <exception cref="Win32Exception">It cannot be started; the message says why.</exception>
    internal static JobProcess Start(ulong job, JobSpec spec, string place, Poller poller, Func<TimeSpan> clock, IOutputTaker taker)
    {
        (SafeFileHandle output, SafeFileHandle outputOfChild) = Pipe.Create();
        (SafeFileHandle error, SafeFileHandle errorOfChild) = Pipe.Create();
        var descriptors = new List<(SafeHandle, int)> { (outputOfChild, 1), (errorOfChild, 2) };
        (SafeFileHandle Reader, SafeFileHandle Writer)? input = spec.HasInput ? Pipe.Create() : null;
        if (input is { } ends)
            descriptors.Add((ends.Reader, 0));
        try
        {
            ChildProcess child = ChildProcess.Start(new ChildStart
            {
                Program = spec.Words[0],
                Arguments = [.. spec.Words.Skip(1)],
                AddedEnvironment = spec.Environment.Select(text => text.Split('=', 2)).Where(parts => parts.Length == 2).GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.Last()[1]),
                WorkingDirectory = spec.Folder ?? "/",
                Descriptors = descriptors,
                NewSession = true,
                DiesWithParent = false,
                Container = place.Length == 0 ? null : WithProgram(place),
            });
            var process = new JobProcess(job, child, spec.Limit, poller, clock, taker);
            if (input is { Writer: var writer })
                process._input = new ProcessInput(writer, poller, bytes => taker.TookInput(job, bytes));
            process.Begin(output, error);
            return process;
        }
        catch
        {
            output.Dispose();
            error.Dispose();
            input?.Writer.Dispose();
            throw;
        }
        finally
        {
            outputOfChild.Dispose();
            errorOfChild.Dispose();
            input?.Reader.Dispose();
        }
    }

    // A program that has travelled is there for the command and its children alone.
    private static ContainerSpec WithProgram(string place)
    {
        if (place.StartsWith(BlockDevices.SerialPrefix, StringComparison.Ordinal))
            place = BlockDevices.BySerial(place[BlockDevices.SerialPrefix.Length..], DeviceLimit);
        return new ContainerSpec
        {
            Namespaces = Namespaces.Mount,
            SystemFolders = false,
            Binds = [new BindMount(place, Bundle.Folder, ReadOnly: true) { FileSystem = place.StartsWith("/dev/", StringComparison.Ordinal) ? ProgramFileSystem : null }],
        };
    }

    /// <summary>Sends a signal to it and to what it has started.</summary>
    internal void Signal(int signal)
    {
        if (_code is null && signal is > 0 and <= 64)
            _child.SignalGroup(signal);
    }

    /// <summary>Reads no more of its output, or goes on reading.</summary>
    internal void Hold(bool hold)
    {
        if (_isHeld == hold)
            return;
        _isHeld = hold;
        foreach ((SafeFileHandle handle, RecordKind kind) in _outputs)
        {
            if (hold)
                _poller.Forget(handle);
            else
                _poller.WatchReads(handle, () => _ = Read(handle, kind));
        }
    }

    /// <inheritdoc cref="ProcessInput.Add"/>
    internal void Input(ReadOnlyMemory<byte> bytes, bool isLast) => _input?.Add(bytes, isLast);

    /// <summary>Does what the time has come for.</summary>
    internal void Tick(TimeSpan now)
    {
        if (now >= _limit)
        {
            _limit = TimeSpan.MaxValue;
            Signal(Signals.Kill);
        }

        if (now < _outputEnd)
            return;

        // It may be we who were late: as long as there is something to read, or we must not, this is not the end.
        _outputEnd = now + LastWords;
        if (!_isHeld && !_outputs.ToArray().Any(output => Read(output.Handle, output.Kind)) && _code is not null && _outputEnd != TimeSpan.MaxValue)
            End();
    }

    private void Begin(SafeFileHandle output, SafeFileHandle error)
    {
        foreach ((SafeFileHandle handle, RecordKind kind) in ((SafeFileHandle, RecordKind)[])[(output, RecordKind.Output), (error, RecordKind.Error)])
        {
            Descriptor.SetNonBlocking(handle);
            _outputs.Add((handle, kind));
            _poller.WatchReads(handle, () => _ = Read(handle, kind));
        }

        _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        ExitStatus status = await _child.Exit.ConfigureAwait(false);
        _taker.Post(() =>
        {
            _code = status.ShellCode;
            _input?.Close();
            if (_outputs.Count == 0)
                End();
            else
                _outputEnd = _clock() + LastWords;
        });
    }

    /// <summary>Reads what there is, and says whether that was something.</summary>
    private bool Read(SafeFileHandle handle, RecordKind kind)
    {
        Span<byte> buffer = stackalloc byte[JobRecord.MostBytes];
        int read = Descriptor.TryRead(handle, buffer);
        if (read > 0)
        {
            if (_code is not null)
                _outputEnd = _clock() + LastWords;
            _taker.Wrote(_job, kind, buffer[..read]);
            return true;
        }

        if (read == Descriptor.WouldWait)
            return false;
        _poller.Forget(handle);
        _outputs.Remove((handle, kind));
        handle.Dispose();
        if (_outputs.Count == 0 && _code is not null)
            End();
        return false;
    }

    private void End()
    {
        _outputEnd = TimeSpan.MaxValue;
        foreach ((SafeFileHandle handle, _) in _outputs)
        {
            _poller.Forget(handle);
            handle.Dispose();
        }

        _outputs.Clear();
        _child.Dispose();
        if (_code is { } code)
            _taker.Ended(_job, code);
    }
}
