using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Linux;

/// <summary>Kernel modules.</summary>
public static unsafe class Modules
{
    // include/uapi/linux/module.h: MODULE_INIT_COMPRESSED_FILE, for a kernel that unpacks modules itself.
    private const int Compressed = 4;

    private const int AlreadyLoaded = 17; // EEXIST

    /// <summary>Loads a module, whose dependencies are loaded.</summary>
    /// <param name="path">A .ko file, or a compressed one for a kernel with CONFIG_MODULE_DECOMPRESS.</param>
    /// <param name="parameters">Its parameters, as in "name=value other=1".</param>
    /// <returns>False if it is loaded, or built in, already.</returns>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="Win32Exception">The kernel refuses: it is another kernel's, or needs what is not loaded.</exception>
    public static bool Load(string path, string parameters = "")
    {
        using SafeFileHandle file = File.OpenHandle(path);
        byte[] text = Encoding.UTF8.GetBytes(parameters + '\0');
        int flags = path.EndsWith(".ko", StringComparison.Ordinal) ? 0 : Compressed;
        nint result;
        fixed (byte* pointer = text)
            result = NativeProcesses.SystemCall(SystemCalls.FinitModule, file.DangerousGetHandle(), (nint)pointer, flags);
        int error = Marshal.GetLastPInvokeError();
        return result == 0
            || (error == AlreadyLoaded ? false : throw new Win32Exception(error, $"{path} cannot be loaded: {Marshal.GetPInvokeErrorMessage(error)}."));
    }
}
