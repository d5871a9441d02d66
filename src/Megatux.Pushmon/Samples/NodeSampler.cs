using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Pushmon;

/// <summary>
/// What a node says of itself: what its kernel tells under <c>/proc</c>, and what scripts of the node have written. Its buffers are
/// made once, for a node does this every second.
/// </summary>
/// <param name="proc">The folder of the kernel's facts.</param>
/// <param name="user">The folder of what scripts write; it need not exist.</param>
public sealed class NodeSampler(string proc = "/proc", string user = UserFacts.Folder)
{
    // proc(5): the first fields of the line "cpu", in hundredths of a second.
    private const int CpuFields = 8;

    // The fields that stand behind an interface's name in /proc/net/dev.
    private const int Received = 0, Transmitted = 8, NetFields = 16;

    private static readonly byte[] Schema = Encoding.ASCII.GetBytes(
        "((uptime 'G seconds) (load 'G one five fifteen) (cpu 'C user nice system idle iowait irq softirq steal) (busy 'G percent) "
        + "(memory 'G total free available buffers cached) (net 'C rxbytes rxpackets rxdrops txbytes txpackets txdrops) (traffic 'G rx tx) "
        + "(tasks 'G running total) (user 'S))");

    private static readonly byte[][] MemoryNames = [.. ((string[])["MemTotal:", "MemFree:", "MemAvailable:", "Buffers:", "Cached:"]).Select(Encoding.ASCII.GetBytes)];

    private readonly byte[] _file = new byte[8 << 10];
    private readonly ArrayBufferWriter<byte> _data = new(1 << 10);
    private readonly UserFacts _facts = new(user);
    private readonly long[] _cpu = new long[CpuFields];
    private readonly long[] _net = new long[NetFields];
    private long _busyBefore, _allBefore, _rxBefore, _txBefore, _at;

    /// <summary>Takes a sample.</summary>
    /// <returns>Schema and data, S-expressions; good until the next one.</returns>
    public (ReadOnlyMemory<byte> Schema, ReadOnlyMemory<byte> Data) Take()
    {
        _data.ResetWrittenCount();
        Put("("u8);
        WriteUptime();
        string load = WriteLoad();
        WriteCpu();
        WriteMemory();
        WriteNet();
        Put(Encoding.ASCII.GetBytes(load));
        _facts.Write(_data);
        Put(")"u8);
        return (Schema, _data.WrittenMemory);
    }

    private void WriteUptime()
    {
        ReadOnlySpan<byte> text = Read("uptime");
        Put("(uptime "u8);
        PutField(ref text);
        Put(")"u8);
    }

    /// <returns>The part about tasks, whose place is later.</returns>
    private string WriteLoad()
    {
        ReadOnlySpan<byte> text = Read("loadavg");
        Put(" (load "u8);
        PutField(ref text);
        Put(" "u8);
        PutField(ref text);
        Put(" "u8);
        PutField(ref text);
        Put(")"u8);
        ReadOnlySpan<byte> tasks = Next(ref text);
        int slash = tasks.IndexOf((byte)'/');
        return slash < 0 ? "" : $" (tasks {Encoding.ASCII.GetString(tasks[..slash])} {Encoding.ASCII.GetString(tasks[(slash + 1)..])})";
    }

    private void WriteCpu()
    {
        ReadOnlySpan<byte> text = Read("stat");
        Next(ref text);
        long all = 0;
        Put(" (cpu"u8);
        for (int field = 0; field < CpuFields; field++)
        {
            _cpu[field] = Number(Next(ref text));
            all += _cpu[field];
            Put(" "u8);
            Put(_cpu[field]);
        }

        // The fourth and fifth field are those in which nothing was done.
        long busy = all - _cpu[3] - _cpu[4];
        double percent = all > _allBefore && _allBefore > 0 ? 100.0 * Math.Max(0, busy - _busyBefore) / (all - _allBefore) : 0;
        (_busyBefore, _allBefore) = (busy, all);
        Put(") (busy "u8);
        Put(percent);
        Put(")"u8);
    }

    private void WriteMemory()
    {
        ReadOnlySpan<byte> text = Read("meminfo");
        Put(" (memory"u8);
        foreach (byte[] name in MemoryNames)
        {
            int at = text.IndexOf(name);
            ReadOnlySpan<byte> rest = at < 0 ? default : text[(at + name.Length)..];
            Put(" "u8);
            Put(Number(Next(ref rest)));
        }

        Put(")"u8);
    }

    private void WriteNet()
    {
        ReadOnlySpan<byte> text = Read("net/dev");
        Array.Clear(_net);
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            int colon = line.IndexOf((byte)':');
            if (colon < 0 || line[..colon].Trim((byte)' ').SequenceEqual("lo"u8))
                continue;
            line = line[(colon + 1)..];
            for (int field = 0; field < NetFields; field++)
                _net[field] += Number(Next(ref line));
        }

        Put(" (net"u8);
        foreach (int field in (ReadOnlySpan<int>)[Received, Received + 1, Received + 3, Transmitted, Transmitted + 1, Transmitted + 3])
        {
            Put(" "u8);
            Put(_net[field]);
        }

        long now = Stopwatch.GetTimestamp();
        double seconds = _at == 0 ? 0 : Stopwatch.GetElapsedTime(_at, now).TotalSeconds;
        Put(") (traffic "u8);
        Put(seconds > 0 ? Math.Max(0, _net[Received] - _rxBefore) / seconds : 0);
        Put(" "u8);
        Put(seconds > 0 ? Math.Max(0, _net[Transmitted] - _txBefore) / seconds : 0);
        Put(")"u8);
        (_rxBefore, _txBefore, _at) = (_net[Received], _net[Transmitted], now);
    }

    /// <summary>What is in a file of the kernel's, as far as there is room; nothing where it cannot be read.</summary>
    private ReadOnlySpan<byte> Read(string name)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(Path.Combine(proc, name));
            return _file.AsSpan(0, RandomAccess.Read(file, _file, 0));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t"u8);
        int end = text.IndexOfAny(" \t\n"u8);
        ReadOnlySpan<byte> word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return word;
    }

    private static long Number(ReadOnlySpan<byte> word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private void PutField(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> word = Next(ref text);
        Put(word.IsEmpty ? "0"u8 : word);
    }

    private void Put(ReadOnlySpan<byte> bytes) => _data.Write(bytes);

    private void Put(long number)
    {
        number.TryFormat(_data.GetSpan(20), out int length, default, CultureInfo.InvariantCulture);
        _data.Advance(length);
    }

    private void Put(double number)
    {
        number.TryFormat(_data.GetSpan(32), out int length, "0.0", CultureInfo.InvariantCulture);
        _data.Advance(length);
    }
}
