using System.ComponentModel;
using System.Globalization;
using Megatux.Linux;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.HostAgent;

/// <summary>
/// Puts programs that have travelled to this host where its nodes can run them, all from one copy: a container sees names of the
/// files in a folder of its own that it cannot write to, a machine a block device that it can only read.
/// </summary>
internal sealed class ProgramGiver(ProgramFiles files)
{
    /// <summary>Where a container finds its programs. Only its root can look there; a command sees its own elsewhere.</summary>
    internal const string FolderInContainers = "/run/megatux/programs";

    /// <summary>How many nodes are given something at once: one that takes its time, as hostile ones may, keeps one other waiting.</summary>
    private const int MostAtOnce = 16;

    /// <summary>The most programs that a container is given; the oldest go.</summary>
    private const int MostInContainer = 64;

    private static readonly SemaphoreSlim Turns = new(MostAtOnce);

    /// <summary>Makes the folder of a container's programs, below its own.</summary>
    internal static string MakeFolderIn(string own) =>
        Directory.CreateDirectory(FolderIn(own), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    /// <summary>Makes a program available to the host itself.</summary>
    internal Task<GivenProgram> GiveHostAsync(BlobId bundle) => DoAsync(bundle, () => files.FolderOf(bundle));

    /// <summary>Makes a program available to a container.</summary>
    internal Task<GivenProgram> GiveContainerAsync(BlobId bundle, string own) => DoAsync(bundle, () =>
    {
        string place = Path.Combine(FolderIn(own), bundle.ToString());
        if (!Directory.Exists(place))
        {
            foreach (string oldest in Directory.GetDirectories(FolderIn(own)).OrderBy(Directory.GetCreationTimeUtc).SkipLast(MostInContainer - 1))
                Directory.Delete(oldest, recursive: true);
            FileTree.Link(files.FolderOf(bundle), place);
        }

        return $"{FolderInContainers}/{bundle}";
    });

    /// <summary>Makes a program available to a machine.</summary>
    internal Task<GivenProgram> GiveMachineAsync(BlobId bundle, RunningNode machine) => DoAsync(bundle, () => machine.Attach(files.FileSystemOf(bundle)));

    private static string FolderIn(string own) => Path.Combine(own, "programs");

    private static async Task<GivenProgram> DoAsync(BlobId bundle, Func<string> give)
    {
        await Turns.WaitAsync().ConfigureAwait(false);
        try
        {
            return new GivenProgram(bundle, await Task.Run(give).ConfigureAwait(false), "");
        }
        catch (Exception refused) when (refused is MegatuxException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            return new GivenProgram(bundle, "", string.Create(CultureInfo.InvariantCulture, $"the program cannot be brought to the node: {refused.Message}"));
        }
        finally
        {
            Turns.Release();
        }
    }
}
