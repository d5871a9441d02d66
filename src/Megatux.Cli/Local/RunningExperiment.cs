using System.Net.Sockets;
using System.Text;
using Megatux.Agents;
using Megatux.Equations;
using Megatux.Model;
using Megatux.Pushmon;
using Megatux.Xproc;

namespace Megatux.Cli;

/// <summary>An experiment that runs on this machine, as its front-end answers for it.</summary>
internal sealed class RunningExperiment
{
    private RunningExperiment(string name) => (Name, Files) = (name, new RunFolder(Path.Combine(RunFolder.Parent, name)));

    /// <summary>The experiment's name.</summary>
    internal string Name { get; }

    /// <summary>What lies where.</summary>
    internal RunFolder Files { get; }

    /// <summary>The experiment of a name, running or not.</summary>
    internal static RunningExperiment Of(string name) => new(name);

    /// <summary>The experiment that a person means.</summary>
    /// <param name="asked">Its name, or its file or folder; null for the only one that runs.</param>
    /// <exception cref="MegatuxException">It does not run, or several do.</exception>
    internal static RunningExperiment Find(string? asked)
    {
        string[] names = Names();
        if (asked is null)
        {
            return names switch
            {
                [var only] => new RunningExperiment(only),
                [] => throw new MegatuxException(ErrorCodes.NotRunning, $"No experiment {(Environment.IsPrivilegedProcess ? "" : "of yours ")}runs on this machine: start one with megatux boot EXPERIMENT."),
                _ => throw new MegatuxException(ErrorCodes.NotRunning, $"Several experiments run on this machine ({string.Join(", ", names)}): say which with --experiment."),
            };
        }

        if (!names.Contains(asked) && !Path.Exists(asked) && NearestName.Of(asked, names) is { } near)
            throw new MegatuxException(ErrorCodes.NotRunning, $"No experiment '{asked}' runs on this machine; did you mean {near}?");
        string name = names.Contains(asked) ? asked : ExperimentFile.Find(asked).Load().Experiment.Name;
        return names.Contains(name) ? new RunningExperiment(name)
            : throw new MegatuxException(ErrorCodes.NotRunning, $"{name} does not run on this machine: start it with megatux boot {asked}.");
    }

    /// <summary>What its hosts are.</summary>
    internal LocalHosts Form => Enum.Parse<LocalHosts>(File.ReadAllText(Files.Form));

    /// <summary>The plan.</summary>
    internal Experiment Plan() => Manifest().Experiment;

    /// <summary>What it was booted as.</summary>
    internal Manifest Manifest() => Model.Manifest.Parse(File.ReadAllBytes(Files.Manifest), Files.Manifest, EquationCompiler.Instance);

    /// <summary>Its root, which starts jobs.</summary>
    /// <exception cref="MegatuxException">It does not answer.</exception>
    internal XprocClient Jobs() => XprocClient.Connect(Files.Xproc);

    /// <summary>Its root, which reports on its nodes.</summary>
    /// <exception cref="MegatuxException">It does not answer.</exception>
    internal MonitorClient Monitor() => MonitorClient.Connect(Files.Mon);

    /// <summary>True when its front-end answers.</summary>
    internal bool Answers()
    {
        try
        {
            using Socket _ = Connect();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Asks the front-end, and returns all that it answers.</summary>
    /// <exception cref="MegatuxException">It does not answer.</exception>
    internal byte[] Ask(string request)
    {
        using NetworkStream stream = Send(request);
        using var answer = new MemoryStream();
        try
        {
            stream.CopyTo(answer);
        }
        catch (IOException)
        {
            // It ended while it answered, as it does when it is told to.
        }

        return answer.ToArray();
    }

    /// <summary>Asks the front-end; the answer is read from the stream, to which what a person types may be written.</summary>
    /// <exception cref="MegatuxException">It does not answer.</exception>
    internal NetworkStream Send(string request)
    {
        byte[] line = Encoding.UTF8.GetBytes(RequestText.ToLine(request) + "\n");
        if (line.Length > RequestNumber.LongestRest)
            throw new MegatuxException(ErrorCodes.CommandTooLong,
                $"What is asked has {line.Length} bytes, and may have {RequestNumber.LongestRest}: name fewer nodes at once, or put a long command into a file of an overlay.");
        try
        {
            var stream = new NetworkStream(Connect(), ownsSocket: true);
            stream.Write(line);
            return stream;
        }
        catch (Exception refused) when (refused is SocketException or IOException)
        {
            throw new MegatuxException(ErrorCodes.NotRunning,
                $"{Name} does not answer ({refused.Message}): megatux halt {Name} removes what is left of it. Its last words are in {Files.FrontEndLog}.", inner: refused);
        }
    }

    private static string[] Names() => !Directory.Exists(RunFolder.Parent) ? []
        : [.. Directory.GetDirectories(RunFolder.Parent).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Files.Control));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
