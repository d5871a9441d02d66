namespace Megatux.Model;

/// <summary>The two images that an experiment boots.</summary>
public enum ImageKind
{
    /// <summary>What physical hosts boot.</summary>
    Host,

    /// <summary>What guests boot.</summary>
    Guest,
}
