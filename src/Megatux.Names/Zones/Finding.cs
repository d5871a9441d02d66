using Megatux.Model;

namespace Megatux.Names;

/// <summary>Which of our zones a name is in.</summary>
internal enum ZoneKind
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>The root, of which we serve what looks like a host of the experiment.</summary>
    Root,

    /// <summary>The experiment's own domain.</summary>
    Domain,

    /// <summary>Names of addresses.</summary>
    Reverse,
}

/// <summary>What a name has.</summary>
internal enum Existence
{
    /// <summary>There is no such name.</summary>
    Missing,

    /// <summary>There is, but only as a zone's top or because names below it are (RFC 8020).</summary>
    Bare,

    /// <summary>A host or guest with its address.</summary>
    Node,

    /// <summary>An address with the name of its host or guest.</summary>
    Address,
}

/// <summary>What was found out about a name.</summary>
/// <param name="Zone">The zone that it is in.</param>
/// <param name="Apex">Where in the name the zone's own name begins; the root's is behind all of it.</param>
/// <param name="Existence">What it has.</param>
/// <param name="Host">The rank of the node's host.</param>
/// <param name="Guest">The guest's number, or <see cref="NodeNames.NoGuest"/>.</param>
internal readonly record struct Finding(
    ZoneKind Zone, int Apex = 0, Existence Existence = Existence.Missing, long Host = -1, int Guest = NodeNames.NoGuest);
