using System.Buffers.Binary;
using System.Text;

namespace Megatux.Imaging.Tests;

/// <summary>Makes small ELF files for any machine, so that tests need no compiler for it.</summary>
internal sealed class Forge(ElfTarget target)
{
    private readonly List<byte> _strings = [0];

    public string? Interpreter { get; init; }

    public string[] Needed { get; init; } = [];

    public string? SoName { get; init; }

    public string? RPath { get; init; }

    public string? RunPath { get; init; }

    /// <summary>Symbol versions wanted: library and version.</summary>
    public (string Library, string Version)[] Wants { get; init; } = [];

    /// <summary>Symbol versions offered.</summary>
    public string[] Offers { get; init; } = [];

    private bool Wide => target.Class == ElfClass.Bits64;

    public static ElfFile Read(Forge forge) => ElfFile.Read(new MemoryStream(forge.Bytes()), "forged")!;

    /// <summary>One loaded segment that is the whole file at address 0x10000: header, program headers, dynamic section, versions, strings.</summary>
    public byte[] Bytes()
    {
        var dynamic = new List<(ulong Tag, ulong Value)>();
        foreach (string needed in Needed)
            dynamic.Add((1, Add(needed)));
        if (SoName is not null)
            dynamic.Add((14, Add(SoName)));
        if (RPath is not null)
            dynamic.Add((15, Add(RPath)));
        if (RunPath is not null)
            dynamic.Add((29, Add(RunPath)));
        ulong? interpreter = Interpreter is null ? null : Add(Interpreter);
        var versions = new MemoryStream();
        foreach ((string library, string version) in Wants)
        {
            W16(versions, 1); W16(versions, 1); W32(versions, (uint)Add(library)); W32(versions, 16);
            W32(versions, library == Wants[^1].Library && version == Wants[^1].Version ? 0u : 32);
            W32(versions, 0); W16(versions, 0); W16(versions, 2); W32(versions, (uint)Add(version)); W32(versions, 0);
        }

        int definitionsAt = (int)versions.Length;
        foreach (string version in Offers)
        {
            W16(versions, 1); W16(versions, 0); W16(versions, 1); W16(versions, 1); W32(versions, 0); W32(versions, 20);
            W32(versions, version == Offers[^1] ? 0u : 28);
            W32(versions, (uint)Add(version)); W32(versions, 0);
        }

        const ulong Base = 0x10000;
        int headers = (Wide ? 64 : 52) + (3 * (Wide ? 56 : 32));
        int tags = dynamic.Count + 2 + (Wants.Length > 0 ? 2 : 0) + (Offers.Length > 0 ? 2 : 0) + 1;
        int dynamicLength = tags * (Wide ? 16 : 8);
        int versionsAt = headers + dynamicLength;
        int stringsAt = versionsAt + (int)versions.Length;
        dynamic.Add((5, Base + (ulong)stringsAt));
        dynamic.Add((10, (ulong)_strings.Count));
        if (Wants.Length > 0)
            dynamic.AddRange([(0x6ffffffe, Base + (ulong)versionsAt), (0x6fffffff, (ulong)Wants.Length)]);
        if (Offers.Length > 0)
            dynamic.AddRange([(0x6ffffffc, Base + (ulong)(versionsAt + definitionsAt)), (0x6ffffffd, (ulong)Offers.Length)]);
        dynamic.Add((0, 0));

        var file = new MemoryStream();
        file.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)target.Class, (byte)(target.LittleEndian ? 1 : 2), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        W16(file, 3); W16(file, target.Machine); W32(file, 1);
        WA(file, 0); WA(file, Wide ? 64ul : 52); WA(file, 0); W32(file, 0);
        W16(file, (ushort)(Wide ? 64 : 52)); W16(file, (ushort)(Wide ? 56 : 32)); W16(file, 3); W16(file, 0); W16(file, 0); W16(file, 0);
        ulong total = (ulong)(stringsAt + _strings.Count);
        Segment(file, 1, 0, Base, total);
        Segment(file, 2, (ulong)headers, Base + (ulong)headers, (ulong)dynamicLength);
        Segment(file, interpreter is null ? 0u : 3, (ulong)stringsAt + (interpreter ?? 0), 0, interpreter is null ? 0 : (ulong)Encoding.UTF8.GetByteCount(Interpreter!) + 1);
        foreach ((ulong tag, ulong value) in dynamic)
        {
            WA(file, tag);
            WA(file, value);
        }

        file.Write(versions.ToArray());
        file.Write(_strings.ToArray());
        return file.ToArray();
    }

    private ulong Add(string text)
    {
        int at = _strings.Count;
        _strings.AddRange(Encoding.UTF8.GetBytes(text));
        _strings.Add(0);
        return (ulong)at;
    }

    private void Segment(Stream to, uint type, ulong offset, ulong address, ulong length)
    {
        W32(to, type);
        if (Wide)
            W32(to, 4);
        WA(to, offset); WA(to, address); WA(to, address); WA(to, length); WA(to, length);
        if (!Wide)
            W32(to, 4);
        WA(to, 1);
    }

    private void W16(Stream to, ushort value)
    {
        Span<byte> b = stackalloc byte[2];
        if (target.LittleEndian)
            BinaryPrimitives.WriteUInt16LittleEndian(b, value);
        else
            BinaryPrimitives.WriteUInt16BigEndian(b, value);
        to.Write(b);
    }

    private void W32(Stream to, uint value)
    {
        Span<byte> b = stackalloc byte[4];
        if (target.LittleEndian)
            BinaryPrimitives.WriteUInt32LittleEndian(b, value);
        else
            BinaryPrimitives.WriteUInt32BigEndian(b, value);
        to.Write(b);
    }

    private void WA(Stream to, ulong value)
    {
        if (!Wide)
        {
            W32(to, (uint)value);
            return;
        }

        Span<byte> b = stackalloc byte[8];
        if (target.LittleEndian)
            BinaryPrimitives.WriteUInt64LittleEndian(b, value);
        else
            BinaryPrimitives.WriteUInt64BigEndian(b, value);
        to.Write(b);
    }
}
