using System.Net;

namespace Megatux.Names;

/// <summary>Counts connections against their limits. For any number of threads.</summary>
internal sealed class TcpClientTable
{
    private readonly Dictionary<IPAddress, int> _clients = [];
    private int _total;

    /// <summary>Counts a connection in, unless there are too many.</summary>
    public bool TryEnter(IPAddress client)
    {
        lock (_clients)
        {
            int count = _clients.GetValueOrDefault(client);
            if (_total >= TcpLimits.Connections || count >= TcpLimits.ConnectionsOfOne)
                return false;
            _total++;
            _clients[client] = count + 1;
            return true;
        }
    }

    /// <summary>Counts a connection out.</summary>
    public void Leave(IPAddress client)
    {
        lock (_clients)
        {
            _total--;
            if (--_clients[client] == 0)
                _clients.Remove(client);
        }
    }
}
