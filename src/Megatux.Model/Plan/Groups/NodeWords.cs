namespace Megatux.Model;

/// <summary>Words for nodes that every experiment has, in node sets by themselves (<c>all!vm0.h1</c>) or as groups (<c>@all</c>).</summary>
public static class NodeWords
{
    /// <summary>All guests; where an experiment has none, all hosts.</summary>
    public const string All = "all";

    /// <summary>All guests.</summary>
    public const string Guests = "guests";

    /// <summary>All hosts.</summary>
    public const string Hosts = "hosts";

    /// <summary>All hosts and guests.</summary>
    public const string Everything = "everything";

    /// <summary>Those of <see cref="All"/> that are in a state, while an experiment runs.</summary>
    public const string AllUp = "allup", AllBoot = "allboot", AllError = "allerror", AllDown = "alldown";

    /// <summary>All of the words: no group may be called so.</summary>
    public static IReadOnlyList<string> Reserved { get; } = [All, AllUp, AllBoot, AllError, AllDown, Guests, Hosts, Everything];
}
