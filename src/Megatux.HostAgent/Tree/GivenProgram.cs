using System.Text;
using Megatux.Agents;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>What the launcher of nodes tells the tree's daemon of a program that it was to give to one.</summary>
/// <param name="Bundle">The program.</param>
/// <param name="Place">Where it is on the node, a folder or a device; empty if nowhere.</param>
/// <param name="Problem">Why it is nowhere; empty if it is somewhere.</param>
internal readonly record struct GivenProgram(BlobId Bundle, string Place, string Problem)
{
    private const char Failed = '\0';

    internal byte[] ToBytes()
    {
        byte[] text = Encoding.UTF8.GetBytes(Problem.Length > 0 ? Failed + Problem : Place);
        return [.. Bundle.ToBytes(), .. text.AsSpan(0, Math.Min(text.Length, RequestNumber.LongestRest - BlobId.Length))];
    }

    internal static GivenProgram? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= BlobId.Length)
            return null;
        string text = Encoding.UTF8.GetString(bytes[BlobId.Length..]);
        return text[0] == Failed ? new GivenProgram(BlobId.Of(bytes[..BlobId.Length]), "", text[1..]) : new GivenProgram(BlobId.Of(bytes[..BlobId.Length]), text, "");
    }
}
