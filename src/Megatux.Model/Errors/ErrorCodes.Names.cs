namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The port that names should be served on is another program's. Use another port, or end that program.</summary>
    public const string NamesPortTaken = "MTX3601";

    /// <summary>Names cannot be served on this address or port, for a reason that the message gives.</summary>
    public const string NamesAddressUnusable = "MTX3602";

    /// <summary>What says where names are served is no IPv4 address with a port. Write it as the message shows.</summary>
    public const string NamesListenUnclear = "MTX3603";
}
