using System.Text;

namespace Megatux.Linux;

/// <summary>Names of network devices, by the kernel's own rule (dev_valid_name in net/core/dev.c) and a little stricter.</summary>
internal static class LinkName
{
    /// <summary>IFNAMSIZ of include/uapi/linux/if.h, the closing NUL included.</summary>
    internal const int Size = 16;

    /// <summary>Refuses what no device can be called; and '%', which the kernel takes for a pattern to number.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    internal static void Validate(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        bool valid = name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) < Size;
        foreach (char letter in name)
            valid &= letter is not ('/' or ':' or '%' or '\0') && !char.IsWhiteSpace(letter);
        if (!valid)
            throw new ArgumentException(
                $"'{name}' is no name of a network device: 1 to {Size - 1} bytes without /, :, % and blanks.", parameter);
    }
}
