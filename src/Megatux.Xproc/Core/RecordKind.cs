namespace Megatux.Xproc;

/// <summary>What a node says of a job.</summary>
public enum RecordKind : byte
{
    /// <summary>Bytes of its standard output.</summary>
    Output = 1,

    /// <summary>Bytes of its standard error.</summary>
    Error = 2,

    /// <summary>It ended. The bytes are its exit code as a shell has it: 4, little-endian. The last record.</summary>
    Exit = 3,

    /// <summary>It could not be started. The bytes say why, in UTF-8. The last record.</summary>
    Refused = 4,

    /// <summary>The node ended before the job did: said by its host, outside of the numbering. The last record.</summary>
    Lost = 5,

    /// <summary>
    /// How much of the job's input has come: some of it was lost on the way, or may have been. The bytes are how many, 8,
    /// little-endian. Outside of the numbering.
    /// </summary>
    InputAt = 6,

    /// <summary>
    /// How much of the job's input its process has taken, or will never take: more may be sent to it. The end of the input
    /// counts as one byte. The bytes are how many, 8, little-endian. Outside of the numbering.
    /// </summary>
    InputTaken = 7,
}
