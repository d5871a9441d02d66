using System.ComponentModel;
using Megatux.Agents;
using Megatux.Equations;
using Megatux.Imaging;
using Megatux.Linux;
using Megatux.Model;

namespace Megatux.HostAgent;

/// <summary>
/// <c>megatuxd load-deployment FOLDER WORDS</c>: loads kernel, image and members of a deployment for the host that it runs on, which
/// goes on with them when its first process is told to.
/// </summary>
internal static class NextDeployment
{
    /// <summary>The word that its arguments begin with.</summary>
    internal const string Word = "load-deployment";

    private const string MasterWord = "megatux.master=", Joined = Host.StateFolder + "/next-image";

    /// <summary>Loads it.</summary>
    /// <param name="words">The folder, and the kernel's command line in one word.</param>
    internal static int Load(string[] words)
    {
        try
        {
            if (words is not [var folder, var commandLine])
                throw new MegatuxException(ErrorCodes.KexecRefused, $"{Word} takes a folder and a command line.");
            Load(folder, commandLine);
            return 0;
        }
        catch (Exception failure) when (failure is MegatuxException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            FirstProcess.Say(failure.Message);
            return 1;
        }
        finally
        {
            File.Delete(Joined);
        }
    }

    private static void Load(string folder, string commandLine)
    {
        // A container's kernel is that of the machine that it runs on.
        if (!File.Exists(HostSocket.Path))
            throw new MegatuxException(ErrorCodes.KexecRefused, "This host did not boot over a network, and cannot go on with another kernel.");
        string path = Path.Combine(folder, Manifest.FileName), own = Hostname.Get() ?? "";
        Manifest manifest = Manifest.Parse(File.ReadAllBytes(path), path, EquationCompiler.Instance);
        if (manifest.Experiment.Find(own) is not HostNode host || manifest.HostKernel is not { } kernel)
            throw new MegatuxException(ErrorCodes.KexecRefused, $"The deployment of {manifest.Experiment.Name} has no host {own}: its hosts are {manifest.Experiment.Hosts}.");
        NodeInitrd.Join([.. NodeInitrd.FilesOf(manifest, folder, host), Path.Combine(folder, OutputNames.KeyMember)], Joined);

        // Who controls the cluster has not moved.
        string master = BootWords.OfKernel().Master ?? "";
        NextKernel.Load(Path.Combine(folder, kernel.File), Joined, $"{commandLine} {MasterWord}{master}");
    }
}
