using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>
/// What a daemon keeps of programs: what is whole lies on its host's disk, and outlives it; what it had begun does not. Holds
/// what comes against what there is to come, and keeps none of it.
/// </summary>
internal sealed class VirtualPrograms(World world, VirtualHost? host, HashSet<BlobId> disk) : IPrograms, IBlobStore
{
    /// <summary>What has been begun, and how many bytes of it have come.</summary>
    private readonly Dictionary<BlobId, int> _begun = [];

    private string Name => host?.Name ?? "the root";

    IBlobStore IPrograms.Store => this;

    void IPrograms.Give(long link, BlobId bundle)
    {
        world.Programs!.MustBeWhole(host!, SimulatedProgram.Find(bundle));
        host!.Give(link, bundle);
    }

    long? IBlobStore.LengthOf(BlobId id) => disk.Contains(id) ? SimulatedProgram.ContentsOf(id).Length : null;

    void IBlobStore.Begin(BlobId id, long length)
    {
        if (disk.Contains(id))
            throw world.Violation($"{Name} has nothing sent that it has", $"{id} comes again");
        if (_begun.Count > 0)
            throw world.Violation($"{Name} has one part sent after the other, and each once", $"{id} begins while {_begun.Count} have not all come");
        if (length != SimulatedProgram.ContentsOf(id).Length)
            throw world.Violation($"{id} has {SimulatedProgram.ContentsOf(id).Length} bytes", $"{Name} is to have {length}");
        if (world.Programs!.DrawFull())
            throw new IOException(SimulatedProgram.NoRoom(id));
        _begun.Add(id, 0);
    }

    void IBlobStore.Append(BlobId id, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = SimulatedProgram.ContentsOf(id)[_begun[id]..];
        if (bytes.Length > rest.Length || !bytes.SequenceEqual(rest[..bytes.Length]))
            throw world.Violation($"{Name} is sent what {id} is", $"something else came after {_begun[id]} bytes");
        if (world.Programs!.DrawFull())
            throw new IOException(SimulatedProgram.NoRoom(id));
        _begun[id] += bytes.Length;
        world.Programs.Bytes += bytes.Length;
    }

    bool IBlobStore.Finish(BlobId id)
    {
        if (!_begun.Remove(id, out int there) || there != SimulatedProgram.ContentsOf(id).Length)
            return false;
        world.Log(() => $"{Name} has all of {id}");
        disk.Add(id);
        return true;
    }

    void IBlobStore.Drop(BlobId id) => _begun.Remove(id);

    int IBlobStore.Read(BlobId id, long offset, Span<byte> buffer)
    {
        ReadOnlySpan<byte> there = SimulatedProgram.ContentsOf(id);
        if (!disk.Contains(id))
            there = _begun.TryGetValue(id, out int begun) ? there[..begun] : throw new IOException($"{Name} has not {id}");
        int length = (int)Math.Clamp(there.Length - offset, 0, buffer.Length);
        if (length > 0)
            there.Slice((int)offset, length).CopyTo(buffer);
        return length;
    }
}
