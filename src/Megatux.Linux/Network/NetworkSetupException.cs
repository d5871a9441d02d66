using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>The kernel refused a change of the network.</summary>
public sealed class NetworkSetupException : IOException
{
    internal NetworkSetupException(string operation, string subject, string? link, int error, string? reason)
        : base($"{operation} {subject}: {Marshal.GetPInvokeErrorMessage(error)}{Parenthesis(reason)}", error) =>
        (Operation, Link, Error, Reason) = (operation, link, error, reason);

    /// <summary>What was to be done: "add bridge".</summary>
    public string Operation { get; }

    /// <summary>The network device that it was to be done with or to; null for a route that names none.</summary>
    public string? Link { get; }

    /// <summary>The kernel's error number (errno), above 0.</summary>
    public int Error { get; }

    /// <summary>The kernel's own words (NLMSGERR_ATTR_MSG), where it gives any.</summary>
    public string? Reason { get; }

    private static string Parenthesis(string? reason) => string.IsNullOrEmpty(reason) ? "" : $" ({reason})";
}
