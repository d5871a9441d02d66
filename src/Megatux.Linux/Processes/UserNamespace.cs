namespace Megatux.Linux;

/// <summary>User namespaces, in which a user without privileges is root.</summary>
public static class UserNamespace
{
    // CLONE_NEWUSER of include/uapi/linux/sched.h.
    internal const ulong NewUser = 0x10000000;

    // user_namespaces(7): the initial one maps every number to itself.
    private const uint Everyone = uint.MaxValue;

    /// <summary>True where we are root or a user of the machine, false inside of a user namespace.</summary>
    public static bool IsInitial { get; } = ReadIsInitial();

    /// <summary>True if this user can make a user namespace. Found out by making one, for a child that ends at once.</summary>
    public static bool CanBeMade() => NamespaceTrial.Refusal(Namespaces.None, inUserNamespace: true) is null;

    private static bool ReadIsInitial()
    {
        if (!File.Exists("/proc/self/uid_map"))
            return true;
        string[] parts = File.ReadAllText("/proc/self/uid_map").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts is ["0", "0", var count] && count == $"{Everyone}";
    }
}
