using System.Net.Sockets;
using Megatux.Imaging;
using Megatux.Tree;

namespace Megatux.Xproc;

/// <content>Programs that travel.</content>
public sealed partial class XprocClient
{
    /// <summary>
    /// Brings a program to where jobs are started, so that one can be (<see cref="JobSpec.Bundle"/>); what is there already is
    /// not sent again, from this or any other program.
    /// </summary>
    /// <returns>How many bytes were sent.</returns>
    /// <exception cref="Model.MegatuxException">There is no room for it, or a file was changed meanwhile.</exception>
    public Task<long> BringAsync(PushedProgram program, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        return PersistAsync(async () =>
        {
            using NetworkStream stream = Open();
            return await BringAsync(program, stream, cancellation).ConfigureAwait(false);
        }, cancellation);
    }

    private static async Task<long> BringAsync(PushedProgram program, NetworkStream stream, CancellationToken cancellation)
    {
        byte[] list = program.List();
        HashSet<BlobId> lacking = await LackingAsync(stream, [program.Id, .. program.Parts.Select(part => BlobId.Of(part.Digest.Span))], cancellation).ConfigureAwait(false);
        long sent = 0;
        foreach (LooseMember part in program.Parts)
        {
            var id = BlobId.Of(part.Digest.Span);
            if (!lacking.Remove(id))
                continue;
            using var pieces = new BlobPieces(stream, id, part.Length, cancellation);
            part.Write(pieces, cancellation);
            pieces.Complete();
            sent += part.Length;
        }

        if (lacking.Contains(program.Id))
        {
            using var pieces = new BlobPieces(stream, program.Id, list.Length, cancellation);
            pieces.Write(list);
            pieces.Complete();
            sent += list.Length;
        }

        return sent;
    }

    private static async Task<HashSet<BlobId>> LackingAsync(NetworkStream stream, IReadOnlyCollection<BlobId> ids, CancellationToken cancellation)
    {
        ClientFrame answer = await AskAsync(stream, JobServer.Listing(ClientFrameKind.Lacks, ids), ClientFrameKind.Blobs, cancellation).ConfigureAwait(false);
        return Read(answer);

        static HashSet<BlobId> Read(ClientFrame answer)
        {
            var reader = new PayloadReader(answer.Payload);
            var lacking = new HashSet<BlobId>();
            for (int left = reader.Count(sizeof(uint)); left > 0 && reader.IsGoodSoFar; left--)
                lacking.Add(BlobId.Read(ref reader) ?? throw Garbled());
            return reader.IsGood ? lacking : throw Garbled();
        }
    }
}
