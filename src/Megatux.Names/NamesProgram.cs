using System.Net;
using System.Runtime.InteropServices;
using Megatux.Equations;
using Megatux.Model;

namespace Megatux.Names;

/// <summary>The names service as a program: what the command line, the host's agent and a program of its own have in common.</summary>
public static class NamesProgram
{
    /// <summary>Exit code after an error that the user can mend, as of the other commands.</summary>
    private const int Failed = 2;

    /// <summary>Reads where to serve: an IPv4 address, with a colon and a port unless it is the usual one.</summary>
    /// <exception cref="MegatuxException">It is none (<see cref="ErrorCodes.NamesListenUnclear"/>).</exception>
    public static IPEndPoint ParseEndPoint(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':');
        ushort port = NameServer.DefaultPort;
        ReadOnlySpan<char> address = colon < 0 ? text : text.AsSpan(0, colon);
        if (!IPv4Address.TryParse(address, out IPv4Address parsed)
            || (colon >= 0 && !ushort.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out port)))
            throw new MegatuxException(ErrorCodes.NamesListenUnclear,
                $"'{text}' is no address and port to serve on: expected an IPv4 address and a port up to {ushort.MaxValue}, such as 127.0.0.1:5353.");
        return new IPEndPoint(IPAddress.Parse(parsed.ToString()), port);
    }

    /// <summary>Serves until cancelled.</summary>
    /// <param name="experiment">Whose names.</param>
    /// <param name="endPoint">Where.</param>
    /// <param name="ready">Is told where it serves and which domain, as soon as it does.</param>
    /// <param name="cancellation">Ends the service.</param>
    /// <exception cref="MegatuxException">It cannot be served there.</exception>
    public static async Task ServeAsync(Experiment experiment, IPEndPoint endPoint, Action<IPEndPoint, string> ready, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ready);
        var answerer = new NameAnswerer(experiment);
        using NameServer server = NameServer.Listen(answerer, endPoint);
        ready(server.EndPoint, answerer.Domain);
        await server.RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Serves from a manifest until SIGINT or SIGTERM: <c>MANIFEST ADDRESS:PORT</c>.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <returns>The exit code: 0, or 2 after an error that standard error tells.</returns>
    public static int Run(string[] args)
    {
        if (args is not [string manifest, string listen])
        {
            Console.Error.WriteLine("usage: MANIFEST ADDRESS:PORT, such as bin/experiment.json 127.0.0.1:5353");
            return Failed;
        }

        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            ServeAsync(Load(manifest), ParseEndPoint(listen), static (where, domain) => Console.WriteLine($"{domain} at {where}"), stop.Token).GetAwaiter().GetResult();
            return 0;
        }
        catch (MegatuxException problem)
        {
            Console.Error.WriteLine(problem.Problem);
            return Failed;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static Experiment Load(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Manifest.Read(stream, path, EquationCompiler.Instance).Experiment;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new MegatuxException(ErrorCodes.ManifestMissing, $"{path} cannot be read ({unreadable.Message}): name an experiment's manifest.", inner: unreadable);
        }
    }
}
