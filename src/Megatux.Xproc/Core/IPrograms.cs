namespace Megatux.Xproc;

/// <summary>How a host comes by programs that travel, and gives them to its nodes.</summary>
public interface IPrograms
{
    /// <summary>Where this host keeps them.</summary>
    IBlobStore Store { get; }

    /// <summary>Puts a program, all of which is there, where a node can run it; <see cref="JobRouter.Given"/> is told when that is done.</summary>
    void Give(long link, BlobId bundle);
}
