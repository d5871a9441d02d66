using System.Text;
using Megatux.Model;

namespace Megatux.Tree;

/// <summary>Where keys are kept: a file of its owner's alone, outside of what builds make, clean and share.</summary>
public sealed partial class ExperimentKey
{
    private const string StateVariable = "XDG_STATE_HOME", HomeVariable = "HOME";
    private const int LongestFile = 64 * 1024;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// The file of an experiment's key, of the user who runs this: <c>megatux/keys/NAME.pem</c> in <c>$XDG_STATE_HOME</c>, or
    /// else in <c>~/.local/state</c>.
    /// </summary>
    /// <param name="experiment">The experiment's name, which is a file's name too.</param>
    /// <exception cref="MegatuxException">The environment has no home (<see cref="ErrorCodes.KeyUnusable"/>).</exception>
    public static string PathOf(string experiment)
    {
        ArgumentException.ThrowIfNullOrEmpty(experiment);
        if (experiment.Contains('/', StringComparison.Ordinal) || experiment.StartsWith('.'))
            throw new ArgumentException($"'{experiment}' is no name of an experiment", nameof(experiment));
        // As the XDG base directory specification wants it, a path that is not absolute does not count.
        string state = Environment.GetEnvironmentVariable(StateVariable) is ['/', ..] own ? own
            : Environment.GetEnvironmentVariable(HomeVariable) is ['/', ..] home ? Path.Combine(home, ".local/state")
            : throw new MegatuxException(ErrorCodes.KeyUnusable, $"there is no folder to keep keys in: neither {StateVariable} nor {HomeVariable} is set to one. Set {HomeVariable}.");
        return Path.Combine(state, "megatux/keys", $"{experiment}.pem");
    }

    /// <summary>Reads a key from its file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MegatuxException">There is none, others may read it, or it holds something else.</exception>
    public static ExperimentKey Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return FromText(ReadSecret(path), path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MegatuxException(ErrorCodes.KeyMissing, $"{path}: there is no such file, and an experiment's key was expected: name the right one, or make one on the front-end.", inner: missing);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, "read", refused);
        }
    }

    /// <summary>Reads a key from its file, which is made when it is not there. Of several that do so at once, all get the same.</summary>
    /// <param name="path">The file; folders above it are made, for their owner alone.</param>
    /// <exception cref="MegatuxException">Others may read it, it holds something else, or it cannot be made.</exception>
    public static ExperimentKey LoadOrMake(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!File.Exists(path))
                MakeFile(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, "written", refused);
        }

        return Load(path);
    }

    private static string ReadSecret(string path)
    {
        using FileStream file = File.OpenRead(path);
        if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
            throw new MegatuxException(ErrorCodes.KeyNotSecret,
                $"{path}: others than its owner may use this key, so it may be known to them. If it is not, take that away: chmod 600 {path}; else remove it, and another is made when the experiment boots.");
        byte[] bytes = new byte[LongestFile];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static void MakeFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!, OwnersFolder);
        // A file appears under its name only when it is whole, and the first one stays: a link fails where there is one.
        string unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (ExperimentKey made = Make())
            using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnersFile }))
            {
                file.Write(Encoding.UTF8.GetBytes(made.Text));
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody else was faster.
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static MegatuxException Unusable(string path, string verb, Exception refused) =>
        new(ErrorCodes.KeyUnusable, $"{path}: an experiment's key cannot be {verb} there ({refused.Message}): correct the permissions, or the disk's fault.", inner: refused);
}
