using Megatux.Tree;
using Megatux.Xproc;

namespace Megatux.Simulator;

/// <summary>The programs that travel in a run: which hosts have what, and whether nodes are started only with what they have.</summary>
internal sealed class ProgramBook(World world, Random random)
{
    /// <summary>One in so many times, a host's disk is full.</summary>
    private const int Rooms = 150;

    /// <summary>What hosts have whole, by rank. It goes with the host.</summary>
    private readonly Dictionary<long, HashSet<BlobId>> _disks = new()
    {
        [TreeDaemon.Root] = [.. SimulatedProgram.Usual.Append(SimulatedProgram.Last).Where(program => !program.IsGone).SelectMany(program => program.Blobs)],
    };

    private bool _isCalm = world.Options.Faults.PerMinute == 0;

    /// <summary>Bytes of programs that hosts were sent.</summary>
    internal long Bytes { get; set; }

    /// <summary>Where a node finds a program.</summary>
    internal static string PlaceOf(BlobId program, int incarnation) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{program} of {incarnation}");

    /// <summary>The program of a job; null where it has none.</summary>
    internal SimulatedProgram? Draw() =>
        random.Next(2) == 0 ? SimulatedProgram.Usual[random.Next(SimulatedProgram.Usual.Count)] : null;

    /// <summary>How long it takes to put a program where a node can run it.</summary>
    internal TimeSpan DrawPause() => random.Next(20) == 0 ? TimeSpan.FromSeconds(5 * random.NextDouble()) : TimeSpan.FromMilliseconds(1 + random.Next(100));

    /// <summary>Whether there is no room where something is to be kept.</summary>
    internal bool DrawFull() => !_isCalm && random.Next(Rooms) == 0;

    /// <summary>From now on there is room everywhere.</summary>
    internal void Calm() => _isCalm = true;

    /// <summary>What a new daemon keeps programs in; null for the root's.</summary>
    internal VirtualPrograms Of(VirtualHost? host)
    {
        long rank = host?.Rank ?? TreeDaemon.Root;
        if (!_disks.TryGetValue(rank, out HashSet<BlobId>? disk))
            _disks.Add(rank, disk = []);
        return new VirtualPrograms(world, host, disk);
    }

    /// <summary>A host is gone, with all that it had.</summary>
    internal void Gone(VirtualHost host) => _disks.Remove(host.Rank);

    /// <summary>Throws where a host has not all of a program that a node is to be given, or starts.</summary>
    internal void MustBeWhole(VirtualHost host, SimulatedProgram program)
    {
        if (!_disks.TryGetValue(host.Rank, out HashSet<BlobId>? disk) || !disk.IsSupersetOf(program.Blobs))
            throw world.Violation($"{host.Name} has all of a program that a node of its is given, or starts", $"of {program.Name} some is missing");
    }

    /// <summary>Throws where a node starts a job without its program.</summary>
    internal void MustHave(VirtualHost host, string node, int incarnation, SimulatedProgram? program, string place)
    {
        string expected = program is null ? "" : PlaceOf(program.Id, incarnation);
        if (place != expected)
            throw world.Violation($"{node} starts what it was given, at '{expected}'", $"it does at '{place}'");
        if (program is not null)
            MustBeWhole(host, program);
    }
}
