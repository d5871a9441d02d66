namespace Megatux.Model;

/// <summary>How a booted host finds out which one of the experiment's hosts it is.</summary>
public enum HostIdentity
{
    /// <summary>By its address in the physical network.</summary>
    Address,

    /// <summary>By the name that it was given (DHCP, kernel command line).</summary>
    Hostname,
}
