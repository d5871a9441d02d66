using System.Diagnostics;
using System.IO.Compression;
using Megatux.Model;
using ZstdSharp;

namespace Megatux.Imaging;

/// <summary>Unpacks compressed modules.</summary>
internal static class ModuleUnpacker
{
    /// <summary>The biggest module there is (amdgpu with its debug data) has less; guards against a file made to fill memory.</summary>
    private const int MostBytes = 512 << 20;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>The plain module in a file that ends in .gz, .xz or .zst.</summary>
    /// <exception cref="MegatuxException">The file is damaged, too big, or xz is not installed.</exception>
    public static byte[] Unpack(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            switch (Path.GetExtension(path))
            {
                case ".gz":
                    using (var gzip = new GZipStream(file, CompressionMode.Decompress))
                        return ReadAll(gzip, path);
                case ".zst":
                    using (var zstd = new DecompressionStream(file))
                        return ReadAll(zstd, path);
                default:
                    return RunXz(path);
            }
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw Damaged(path, e.Message, e);
        }
    }

    private static byte[] RunXz(string path)
    {
        var start = new ProcessStartInfo("xz", ["--decompress", "--stdout", "--", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            using var late = new Timer(_ => process.Kill(), null, Deadline, Timeout.InfiniteTimeSpan);
            Task<string> complaint = process.StandardError.ReadToEndAsync();
            byte[] bytes = ReadAll(process.StandardOutput.BaseStream, path);
            process.WaitForExit();
            return process.ExitCode == 0 ? bytes : throw Damaged(path, complaint.GetAwaiter().GetResult().Trim(), null);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new MegatuxException(ErrorCodes.ModuleNotUnpacked,
                $"{path} is compressed by xz, and the program xz is not installed. Install it (apt-get install xz-utils).", inner: e);
        }
    }

    private static byte[] ReadAll(Stream from, string path)
    {
        var all = new MemoryStream();
        var piece = new byte[1 << 16];
        for (int read; (read = from.Read(piece)) > 0;)
        {
            if (all.Length + read > MostBytes)
                throw Damaged(path, $"it unpacks to more than {MostBytes} bytes", null);
            all.Write(piece, 0, read);
        }

        return all.ToArray();
    }

    private static MegatuxException Damaged(string path, string why, Exception? inner) => new(ErrorCodes.ModuleNotUnpacked,
        $"{path} cannot be unpacked: {why}. Reinstall the kernel's package.", inner: inner);
}
