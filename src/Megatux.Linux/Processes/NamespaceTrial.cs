using System.Runtime.InteropServices;

namespace Megatux.Linux;

/// <summary>Whether namespaces can be made here, found out by making them.</summary>
public static class NamespaceTrial
{
    /// <summary>Makes namespaces for a child that ends at once.</summary>
    /// <param name="kinds">Which; none at all is allowed where a user namespace is made.</param>
    /// <param name="inUserNamespace">True to make them within a new user namespace, as a user without privileges must.</param>
    /// <returns>The kernel's reason to refuse; null if they can be made.</returns>
    public static string? Refusal(Namespaces kinds, bool inUserNamespace = false)
    {
        int error = Launcher.Try((ulong)(uint)kinds | (inUserNamespace ? UserNamespace.NewUser : 0));
        return error == 0 ? null : Marshal.GetPInvokeErrorMessage(error);
    }
}
