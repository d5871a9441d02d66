using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>A program that travels with jobs. What is in it is the same in all runs, and is there once.</summary>
internal sealed class SimulatedProgram
{
    private static readonly Dictionary<BlobId, byte[]> Known = [];

    private readonly HashSet<BlobId> _blobs;

    private SimulatedProgram(string name, params int[] lengths)
    {
        Name = name;
        Bundle list = new([.. lengths.Select(length => (Keep(Contents(length)), (long)length))]);
        Id = Keep(list.ToBytes());
        _blobs = [Id, .. list.Parts.Select(part => part.Id)];
    }

    /// <summary>Those that jobs bring while things go wrong: some pieces long, and parts of them the same.</summary>
    internal static IReadOnlyList<SimulatedProgram> Usual { get; } =
    [
        new("small", 10),
        new("linked", 10, 600 << 10),
        new("large", 600 << 10, 0, 300 << 10, 10),
        new("awkward", 600 << 10, 20) { IsAwkward = true },
        new("gone", 30) { IsGone = true },
    ];

    /// <summary>One that no host has until nothing goes wrong any more; most of it, some have.</summary>
    internal static SimulatedProgram Last { get; } = new("last", 600 << 10, 40 << 10, 40);

    /// <summary>How many parts and lists of parts there are in all of them.</summary>
    internal static int BlobCount => Known.Count;

    internal string Name { get; }

    internal BlobId Id { get; }

    /// <summary>Its list of parts, and its parts.</summary>
    internal IReadOnlyCollection<BlobId> Blobs => _blobs;

    /// <summary>Whether the root has it not.</summary>
    internal bool IsGone { get; private init; }

    /// <summary>Whether there are nodes that it cannot be given to.</summary>
    private bool IsAwkward { get; init; }

    internal static SimulatedProgram Find(BlobId id) => id == Last.Id ? Last : Usual.First(program => program.Id == id);

    internal static ReadOnlySpan<byte> ContentsOf(BlobId id) => Known[id];

    internal static string NoRoom(BlobId blob) => $"no room for {blob}";

    /// <summary>Why it cannot be given to a node; empty if it can.</summary>
    internal string ProblemOn(string node) => IsAwkward && node.Length % 2 == 0 && (node[^1] ^ node[^2]) % 5 == 0 ? $"{node} does not take it" : "";

    /// <summary>Whether a node may refuse a job for this reason because of its program.</summary>
    internal bool IsRefusal(string node, string reason) =>
        IsGone || reason.Length > 0 && (reason == ProblemOn(node) || _blobs.Any(blob => reason == NoRoom(blob)));

    private static byte[] Contents(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static BlobId Keep(byte[] bytes)
    {
        var id = BlobId.OfContents(bytes);
        Known[id] = bytes;
        return id;
    }
}
