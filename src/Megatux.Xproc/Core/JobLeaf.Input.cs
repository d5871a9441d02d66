namespace Megatux.Xproc;

/// <content>
/// Input: what was lost on the way is asked for again, and how much a process has taken is said, so that no more is sent than
/// may wait for it here.
/// </content>
public sealed partial class JobLeaf
{
    /// <summary>How many bytes of input a process takes before that is said.</summary>
    internal const int InputStep = 32 << 10;

    /// <summary>A process has taken so many bytes of what <see cref="ILeafEffects.Input"/> gave it, or will never take them.</summary>
    public void TookInput(ulong number, int bytes)
    {
        if (!_jobs.TryGetValue(number, out Job? job) || job is not { Input: { } input, HasEnded: false })
            return;
        input.Taken = Math.Min(input.Taken + bytes, input.End);
        if (input.Taken - input.Said >= InputStep || input.IsOver)
            SayTaken(number, input);
    }

    private void Feed(InputMessage message, Job job)
    {
        if (job is not { Input: { } input, HasEnded: false })
            return;
        long known = input.End - message.Offset;
        if (known < 0)
        {
            AskForInput(message, input);
            return;
        }

        bool isEnd = message.IsLast && known <= message.Bytes.Length;
        if (input.HasEnded || (known >= message.Bytes.Length && !isEnd))
        {
            // Whoever says it again has not heard how far this is.
            SayTaken(message.Job, input);
            return;
        }

        input.AskedFor = null;
        input.End += message.Bytes.Length - known;
        input.HasEnded = message.IsLast;
        effects.Input(message.Job, message.Bytes[(int)known..], message.IsLast);
        if (input.IsOver && input.Said <= input.End)
            SayTaken(message.Job, input);
    }

    // Once for each hole: all that follows it on the way shows it again. A piece of nothing is a question.
    private void AskForInput(InputMessage message, JobInput input)
    {
        if (input.AskedFor == input.End && !message.Bytes.IsEmpty)
            return;
        input.AskedFor = input.End;
        effects.Send(new RecordsMessage(message.Job, [JobRecord.OfInput(RecordKind.InputAt, input.End)]));
    }

    // The last piece that was on its way may be lost, and so may be what was said last.
    private void SayInput(ulong number, Job job)
    {
        if (job is not { Input: { } input, HasEnded: false })
            return;
        if (!input.HasEnded)
            effects.Send(new RecordsMessage(number, [JobRecord.OfInput(RecordKind.InputAt, input.End)]));
        SayTaken(number, input);
    }

    private void SayTaken(ulong number, JobInput input)
    {
        input.Said = input.IsOver ? input.End + 1 : input.Taken;
        effects.Send(new RecordsMessage(number, [JobRecord.OfInput(RecordKind.InputTaken, input.Said)]));
    }

    /// <summary>How far the input of a job is; in bytes.</summary>
    private sealed class JobInput
    {
        /// <summary>How much has come.</summary>
        internal long End { get; set; }

        /// <summary>How much of it the process has taken.</summary>
        internal long Taken { get; set; }

        /// <summary>How much was last said to be taken; the end counts as one more.</summary>
        internal long Said { get; set; }

        /// <summary>From where on input was asked for that was lost on the way; null if nothing is missing.</summary>
        internal long? AskedFor { get; set; }

        /// <summary>Whether none follows.</summary>
        internal bool HasEnded { get; set; }

        /// <summary>Whether all was taken, and none follows.</summary>
        internal bool IsOver => HasEnded && Taken == End;
    }
}
