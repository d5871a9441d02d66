using System.Runtime.InteropServices;

namespace Megatux.Linux;

// A person's terminal, which must be as it was when the program is done with it.
public static unsafe partial class Terminal
{
    /// <summary>As <see cref="SetRaw"/>, until disposed; null if it is no terminal.</summary>
    public static IDisposable? TrySetRawForNow(SafeHandle terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        byte[] settings = new byte[SettingsRoom];
        fixed (byte* at = settings)
            if (Get(terminal, at) != 0)
                return null;
        SetRaw(terminal);
        return new Restoration(terminal, settings);
    }

    private sealed class Restoration(SafeHandle terminal, byte[] settings) : IDisposable
    {
        public void Dispose()
        {
            fixed (byte* at = settings)
                _ = Set(terminal, Now, at);
        }
    }
}
