using System.Text;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli.Tests;

/// <summary>What nodes say, in short: <c>n[1-2] text</c>, <c>n1 !text</c> for standard error, <c>n1 =3</c> for an exit code.</summary>
internal static class Records
{
    internal static JobRecord Of(string text)
    {
        (string nodes, string said) = (text[..text.IndexOf(' ', StringComparison.Ordinal)], text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        return said switch
        {
            ['=', ..] => new JobRecord(NodeSet.Parse(nodes), 0, RecordKind.Exit, JobRecord.BytesOf(int.Parse(said[1..], null))),
            ['!', ..] => new JobRecord(NodeSet.Parse(nodes), 0, RecordKind.Error, Encoding.UTF8.GetBytes(said[1..])),
            _ => new JobRecord(NodeSet.Parse(nodes), 0, RecordKind.Output, Encoding.UTF8.GetBytes(said)),
        };
    }

    /// <summary>What a display makes of records; a record <c>tick</c> is a second that passes.</summary>
    internal static (string Output, string Error) Shown(Func<ByteOutput, ByteOutput, IJobDisplay> make, params string[] records)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        IJobDisplay display = make(ByteOutput.Of(output), ByteOutput.OfError(error));
        foreach (string record in records)
        {
            if (record == "tick")
                display.Tick();
            else
                display.Take(Of(record));
        }

        display.End();
        return (output.ToString(), error.ToString());
    }
}
