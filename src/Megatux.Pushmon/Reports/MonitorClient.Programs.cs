using System.Net.Sockets;
using Megatux.Model;
using Megatux.Sexp;

namespace Megatux.Pushmon;

/// <content>Reductions.</content>
public sealed partial class MonitorClient
{
    /// <summary>Has samples reduced by a program from now on, in place of one of the same name.</summary>
    /// <param name="name">The reduction's name.</param>
    /// <param name="text">The program.</param>
    /// <param name="cancellation">Ends the waiting; the program may have been put.</param>
    /// <exception cref="MegatuxException">The root refuses it; the message says where it is at fault.</exception>
    public async Task PutProgramAsync(string name, string text, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        var program = ProgramLine.Of(name, text);
        try
        {
            await AskAsync(Datum.List(Datum.Atom("program"), ReportWriter.Name(name), Datum.String(program.Line)), cancellation).ConfigureAwait(false);
        }
        catch (MegatuxException refused)
        {
            throw new MegatuxException(refused.Problem with { Message = program.Told(refused.Problem.Message) }, refused);
        }
    }

    /// <summary>Ends a reduction.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MegatuxException">There is none of the name.</exception>
    public Task ForgetAsync(string name, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return AskAsync(Datum.List(Datum.Atom("forget"), ReportWriter.Name(name)), cancellation);
    }

    /// <summary>The reductions that there are: names, and their programs.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> ProgramsAsync(CancellationToken cancellation = default)
    {
        Datum answer = await AskAsync(Datum.List(Datum.Atom("programs")), cancellation).ConfigureAwait(false);
        if (!ReportReader.IsCalled(answer, "programs"u8))
            throw ReportReader.Malformed("it does not list reductions");
        var programs = new List<KeyValuePair<string, string>>();
        foreach (Datum item in answer.Items[1..])
            if (item.Items is [var name, var text])
                programs.Add(new(name.Text, text.Text));
        return programs;
    }

    private Task<Datum> AskAsync(Datum request, CancellationToken cancellation) => PersistAsync(async () =>
    {
        using NetworkStream stream = _socket.Open();
        await stream.WriteAsync(LineOf(request), cancellation).ConfigureAwait(false);
        return await ReadAsync(new DatumStream(stream, ReportReader.Limits), cancellation).ConfigureAwait(false);
    }, cancellation);

    private static MegatuxException Refusal(Datum answer) => answer.Items is [_, { Kind: DatumKind.String } code, { Kind: DatumKind.String } text]
        ? new MegatuxException(code.Text, text.Text) : new MegatuxException(ErrorCodes.MonitorRefused, $"The root refuses: {answer}.");
}
