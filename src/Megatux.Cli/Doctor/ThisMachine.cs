using System.ComponentModel;
using System.Globalization;
using Megatux.Hypervisors;
using Megatux.Linux;
using Microsoft.Win32.SafeHandles;

namespace Megatux.Cli;

/// <summary>The machine that this runs on. What is tried is tried in namespaces that are gone afterwards.</summary>
internal sealed class ThisMachine : IMachineFacts
{
    /// <summary>How long a program may take to tell its version.</summary>
    private static readonly TimeSpan ProgramLimit = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public bool IsRoot => Environment.IsPrivilegedProcess;

    /// <inheritdoc/>
    public string UserName => Environment.UserName;

    /// <inheritdoc/>
    public string UserNumber => Users.Own.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public MachineMemory Memory => MachineMemory.Read();

    /// <inheritdoc/>
    public string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool CanOpen(string path)
    {
        try
        {
            using SafeFileHandle _ = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public string? FindProgram(string name) => Programs.Find(name);

    /// <inheritdoc/>
    public string? VersionOf(string program)
    {
        (SafeFileHandle output, SafeFileHandle input) = Pipe.Create();
        try
        {
            using ChildProcess child = ChildProcess.Start(new ChildStart
            {
                Program = program,
                Arguments = ["--version"],
                Descriptors = [(input, 1)],
                GroupEndsWithIt = true,
            });
            input.Dispose();
            using var late = new Timer(_ => child.SignalGroup(Signals.Kill), null, ProgramLimit, Timeout.InfiniteTimeSpan);
            using var reader = new StreamReader(new FileStream(output, FileAccess.Read));
            string text = reader.ReadToEnd();
            return child.Exit.GetAwaiter().GetResult().Succeeded ? text : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            input.Dispose();
            output.Dispose();
        }
    }

    /// <inheritdoc/>
    public FileSystemStatus? FileSystemOf(string path) => FileSystemStatus.TryRead(path, out FileSystemStatus status) ? status : null;

    /// <inheritdoc/>
    public string? NamespaceRefusal(Namespaces kinds, bool inUserNamespace) => NamespaceTrial.Refusal(kinds, inUserNamespace);

    /// <inheritdoc/>
    public string? NetworkRefusal(Action<NetworkSetup> trial)
    {
        try
        {
            using var network = NetworkNamespace.Create();
            network.Run(() =>
            {
                using NetworkSetup setup = NetworkSetup.Open();
                trial(setup);
                setup.Commit();
            });
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
    }

    /// <inheritdoc/>
    public string? ContainerRefusal()
    {
        try
        {
            using ChildProcess child = ChildProcess.Start(new ChildStart
            {
                Program = "/bin/true",
                Container = new ContainerSpec { HostName = "doctor", Root = new ContainerRoot { Lower = ["/"], MemoryBytes = 1 << 20 } },
            });
            ExitStatus exit = child.Exit.GetAwaiter().GetResult();
            return exit.Succeeded ? null : string.Create(CultureInfo.InvariantCulture, $"a container's first program ended with exit code {exit.ShellCode}");
        }
        catch (Win32Exception refused)
        {
            return refused.Message.TrimEnd('.');
        }
    }

    /// <inheritdoc/>
    public KvmProbe TryKvm(string kernel) => KvmProbe.Find(kernel, KvmProbe.UsualLimit);
}
