using System.Buffers.Binary;
using Megatux.Model;

namespace Megatux.Xproc;

/// <summary>What nodes say of a job, the same from all of them.</summary>
/// <param name="Nodes">Who says it.</param>
/// <param name="Sequence">The how manieth record of each of them it is, from 0; 0 for those outside of the numbering.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Bytes">What it says.</param>
public sealed record JobRecord(NodeSet Nodes, uint Sequence, RecordKind Kind, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The most bytes of a record: with all around it, it fits into one message of the channel between guest and host.</summary>
    public const int MostBytes = 3072;

    /// <summary>True when no other of these nodes follows.</summary>
    public bool IsLast => Kind is >= RecordKind.Exit and <= RecordKind.Lost;

    /// <summary>The exit code that the record says; null when it says none.</summary>
    public int? ExitCode => Kind == RecordKind.Exit && Bytes.Length == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(Bytes.Span) : null;

    /// <summary>How much of the input the record says has come, or was taken; null when it says neither.</summary>
    public long? InputOffset => IsOfInput && Bytes.Length == sizeof(long) && BinaryPrimitives.ReadInt64LittleEndian(Bytes.Span) is >= 0 and var offset ? offset : null;

    /// <summary>True when it is about the job's input.</summary>
    public bool IsOfInput => Kind is RecordKind.InputAt or RecordKind.InputTaken;

    /// <summary>The record by which a node says how much of the input has come, or was taken.</summary>
    public static JobRecord OfInput(RecordKind kind, long offset)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, offset);
        return new JobRecord(NodeSet.Empty, 0, kind, bytes);
    }

    /// <summary>The bytes that say an exit code.</summary>
    public static byte[] BytesOf(int exitCode)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, exitCode);
        return bytes;
    }
}
