using Megatux.Model;

namespace Megatux.Cli;

/// <summary>Something that must hold of nodes.</summary>
internal interface INodeCheck
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>The nodes.</summary>
    NodeSet Nodes { get; }

    /// <summary>How many of them it must hold on.</summary>
    NodeQuota Quota { get; }

    /// <summary>Asks them, until it holds or its time is over. Leaves nothing that runs on the nodes.</summary>
    /// <param name="tally">Is told what comes of each node.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="MegatuxException">Nobody can be asked.</exception>
    Task RunAsync(CheckTally tally, CancellationToken cancellation);
}
