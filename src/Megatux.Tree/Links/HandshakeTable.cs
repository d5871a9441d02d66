namespace Megatux.Tree;

/// <summary>
/// Who has connected and not yet shown a key: never more than <see cref="LinkLimits.Handshakes"/>. When all places are taken
/// and somebody comes, whoever has had one for longest gives it up, after <see cref="LinkLimits.HandshakeInCrowd"/> at the
/// soonest: whoever has the key needs milliseconds.
/// </summary>
internal sealed class HandshakeTable : IDisposable
{
    private readonly SemaphoreSlim _places = new(LinkLimits.Handshakes);
    private readonly LinkedList<Handshake> _oldestFirst = [];

    /// <summary>Takes a place, as soon as there is one.</summary>
    /// <param name="stop">Ends the wait, and later the handshake.</param>
    public async Task<Handshake> EnterAsync(CancellationToken stop)
    {
        while (!await _places.WaitAsync(UntilOldestIsDue(), stop).ConfigureAwait(false))
            EndOldest();
        lock (_oldestFirst)
        {
            var handshake = new Handshake(this, stop);
            handshake.Place = _oldestFirst.AddLast(handshake);
            return handshake;
        }
    }

    public void Dispose() => _places.Dispose();

    private TimeSpan UntilOldestIsDue()
    {
        lock (_oldestFirst)
        {
            TimeSpan age = _oldestFirst.First is { } oldest ? TimeProvider.System.GetElapsedTime(oldest.Value.Start) : default;
            return age < LinkLimits.HandshakeInCrowd ? LinkLimits.HandshakeInCrowd - age : TimeSpan.Zero;
        }
    }

    private void EndOldest()
    {
        Handshake? oldest;
        lock (_oldestFirst)
        {
            oldest = _oldestFirst.First?.Value;
            if (oldest is null || TimeProvider.System.GetElapsedTime(oldest.Start) < LinkLimits.HandshakeInCrowd)
                return;
            _oldestFirst.RemoveFirst();
            oldest.Place = null;
        }

        oldest.End();
    }

    /// <summary>A place, until disposed.</summary>
    internal sealed class Handshake : IDisposable
    {
        private readonly HandshakeTable _table;
        private readonly CancellationTokenSource _late;

        public Handshake(HandshakeTable table, CancellationToken stop)
        {
            _table = table;
            _late = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _late.CancelAfter(LinkLimits.Handshake);
        }

        /// <summary>When it began.</summary>
        public long Start { get; } = TimeProvider.System.GetTimestamp();

        /// <summary>Is cancelled when it has taken too long.</summary>
        public CancellationToken Late => _late.Token;

        public LinkedListNode<Handshake>? Place { get; set; }

        public void End()
        {
            // Whoever is just done has disposed it, or has what it wanted.
            try
            {
                _late.Cancel();
            }
            catch (ObjectDisposedException)
            {
            }
        }

        public void Dispose()
        {
            lock (_table._oldestFirst)
            {
                if (Place is { } place)
                    _table._oldestFirst.Remove(place);
                Place = null;
            }

            _late.Dispose();
            _table._places.Release();
        }
    }
}
