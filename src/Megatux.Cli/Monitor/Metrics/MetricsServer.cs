using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>Serves the last report's metrics by HTTP until it is ended.</summary>
internal sealed class MetricsServer : IDisposable
{
    private const string Path = "/metrics";

    /// <summary>A report so many intervals old says nothing of now.</summary>
    private const double LongestSilence = 10;

    private readonly HttpListener _listener = new();
    private readonly string _experiment;
    private volatile Last? _last;

    private sealed record Last(MonitorReport Report, long At);

    private MetricsServer(string experiment) => _experiment = experiment;

    /// <summary>Begins to serve.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="address">Where: <c>PORT</c> for loopback alone, or <c>ADDRESS:PORT</c>; 0.0.0.0 is all addresses.</param>
    /// <param name="url">Where the metrics are.</param>
    /// <exception cref="MegatuxException">That is no address, or it cannot be served there.</exception>
    internal static MetricsServer Listen(string experiment, string address, out string url)
    {
        (IPAddress where, int port) = Parse(address);
        var server = new MetricsServer(experiment);
        url = string.Create(CultureInfo.InvariantCulture, $"http://{where}:{port}{Path}");

        // Whoever asks by another name is answered too, but where that could be a page of a browser's: on loopback.
        string[] hosts = IPAddress.IsLoopback(where) ? [where.ToString(), "localhost"] : where.Equals(IPAddress.Any) ? ["*"] : [where.ToString()];
        foreach (string host in hosts)
            server._listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}/"));
        try
        {
            server._listener.Start();
            return server;
        }
        catch (HttpListenerException refused)
        {
            server.Dispose();
            throw new MegatuxException(ErrorCodes.MetricsAddressUnusable, $"Metrics cannot be served at {where}:{port} ({refused.Message}): choose another port, or an address of this machine.", inner: refused);
        }
    }

    /// <summary>Serves from now on the metrics of this report.</summary>
    internal void Show(MonitorReport report) => _last = new Last(report, Environment.TickCount64);

    /// <summary>Answers until it is cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenRegistration stop = cancellation.Register(_listener.Stop);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                // Nobody waits for another who reads slowly.
                _ = AnswerAsync(await _listener.GetContextAsync().ConfigureAwait(false));
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Cancelled; or whoever asked was gone before he was heard.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_listener).Dispose();

    /// <summary>Whether who sends this header wants OpenMetrics rather than the older format.</summary>
    internal static bool WantsOpenMetrics(string? accept)
    {
        double open = 0, plain = 0;
        foreach (string part in (accept ?? "").Split(','))
        {
            if (!MediaTypeWithQualityHeaderValue.TryParse(part, out MediaTypeWithQualityHeaderValue? type))
                continue;
            double quality = type.Quality ?? 1;
            if (type.MediaType == "application/openmetrics-text" && type.Parameters.FirstOrDefault(one => one.Name == "version")?.Value?.Trim('"') is null or "1.0.0")
                open = Math.Max(open, quality);
            else if (type.MediaType is "text/plain" or "text/*" or "*/*")
                plain = Math.Max(plain, quality);
        }

        return open > 0 && open >= plain;
    }

    private static (IPAddress Address, int Port) Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        IPAddress? address = IPAddress.Loopback;
        return (colon < 0 || IPAddress.TryParse(text.AsSpan(0, colon), out address)) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? (address, port)
            : throw new MegatuxException(ErrorCodes.MonitorOption, $"--metrics is '{text}': expected a port from 1 to {ushort.MaxValue}, or an IPv4 address and a port, such as 0.0.0.0:9464.");
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await WriteAsync(context).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Whoever asked went away.
        }
    }

    private async Task WriteAsync(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        using HttpListenerResponse response = context.Response;
        if (request.Url?.AbsolutePath is not (Path or "/"))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        if (request.HttpMethod is not ("GET" or "HEAD"))
        {
            response.StatusCode = (int)HttpStatusCode.MethodNotAllowed;
            response.AddHeader("Allow", "GET, HEAD");
            return;
        }

        bool isOpenMetrics = request.Url.AbsolutePath == Path && WantsOpenMetrics(request.Headers["Accept"]);
        string text = request.Url.AbsolutePath == Path ? MetricsText.Write(ReportMetrics.Of(_experiment, Current()), isOpenMetrics) : $"The metrics of {_experiment} are at {Path}.\n";
        byte[] body = Encoding.UTF8.GetBytes(text);
        response.ContentType = isOpenMetrics ? MetricsText.OpenMetricsType : MetricsText.PlainType;
        response.ContentLength64 = body.Length;
        if (request.HttpMethod == "GET")
            await response.OutputStream.WriteAsync(body).ConfigureAwait(false);
    }

    private MonitorReport? Current() =>
        _last is { } last && Environment.TickCount64 - last.At < last.Report.Interval.TotalMilliseconds * LongestSilence ? last.Report : null;
}
