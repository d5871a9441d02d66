namespace Megatux.HostAgent;

/// <summary>
/// Decides when which node is started: a few at a time, since nodes that boot together slow each other down, and one that
/// failed only after a pause that doubles. Pure: times and events go in, decisions come out. Costs a few bytes a node.
/// </summary>
internal sealed class NodeSupervision
{
    /// <summary>The first pause of a guest that failed.</summary>
    internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A node that is up this long has not failed before.</summary>
    internal static readonly TimeSpan Stable = TimeSpan.FromMinutes(2);

    private readonly Node[] _nodes;
    private readonly int _mostBooting;
    private readonly TimeSpan _bootLimit;
    private readonly PriorityQueue<int, TimeSpan> _due = new();
    private readonly Queue<int> _waiting = new();
    private readonly Queue<(int Number, uint Start, TimeSpan Until)> _deadlines = new();
    private int _booting;

    /// <summary>Nodes wait to be started, in order; those that are not to be are down.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="mostBooting">How many boot at once, from 1.</param>
    /// <param name="bootLimit">How long one may take.</param>
    /// <param name="starts">Whether a node is to be started; null when all are.</param>
    internal NodeSupervision(int count, int mostBooting, TimeSpan bootLimit, Func<int, bool>? starts = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostBooting, 1);
        (_nodes, _mostBooting, _bootLimit) = (new Node[count], mostBooting, bootLimit);
        for (int number = 0; number < count; number++)
        {
            if (starts?.Invoke(number) ?? true)
                _waiting.Enqueue(number);
            else
                _nodes[number].State = NodeState.Down;
        }
    }

    /// <summary>How many nodes there are.</summary>
    internal int Count => _nodes.Length;

    /// <summary>How many times nodes ended without being told to.</summary>
    internal long Failures { get; private set; }

    /// <summary>How a node is.</summary>
    internal NodeState StateOf(int number) => _nodes[number].State;

    /// <summary>True for a node that is up and was not told to end.</summary>
    internal bool IsUpToStay(int number) => _nodes[number] is { State: NodeState.Up, Told: false };

    /// <summary>A node that is to be started now, which then counts as booting; null when none is.</summary>
    internal int? NextToStart(TimeSpan now)
    {
        while (_due.TryPeek(out int failed, out TimeSpan due) && due <= now)
        {
            _due.Dequeue();
            if (_nodes[failed].State == NodeState.Failed)
                Wait(failed);
        }

        while (_booting < _mostBooting && _waiting.TryDequeue(out int number))
        {
            ref Node node = ref _nodes[number];
            if (node.State != NodeState.Waiting)
                continue;
            node.State = NodeState.Booting;
            node.Since = now;
            node.Start++;
            _booting++;
            _deadlines.Enqueue((number, node.Start, now + _bootLimit));
            return number;
        }

        return null;
    }

    /// <summary>A node that has been booting for too long and is to be killed; null when there is none.</summary>
    internal int? NextOverdue(TimeSpan now)
    {
        ForgetMetDeadlines();
        if (!_deadlines.TryPeek(out (int Number, uint Start, TimeSpan Until) first) || first.Until > now)
            return null;
        _deadlines.Dequeue();
        return first.Number;
    }

    /// <summary>When there may be something to do next; null when only an event can bring something.</summary>
    internal TimeSpan? NextTime()
    {
        ForgetMetDeadlines();
        TimeSpan? next = _due.TryPeek(out _, out TimeSpan due) ? due : null;
        return _deadlines.TryPeek(out (int Number, uint Start, TimeSpan Until) first) && (next is null || first.Until < next) ? first.Until : next;
    }

    /// <summary>A node said that it is up.</summary>
    internal void CameUp(int number, TimeSpan now)
    {
        ref Node node = ref _nodes[number];
        if (node.State != NodeState.Booting)
            return;
        _booting--;
        node.State = NodeState.Up;
        node.Since = now;
    }

    /// <summary>A node ended, or could not be started.</summary>
    internal void Ended(int number, TimeSpan now)
    {
        ref Node node = ref _nodes[number];
        if (node.State is not (NodeState.Booting or NodeState.Up))
            return;
        if (node.State == NodeState.Booting)
            _booting--;
        if (node.Told)
        {
            node.Told = false;
            if (node.Restart)
                Wait(number);
            else
                node.State = NodeState.Down;
            return;
        }

        bool stable = node.State == NodeState.Up && now - node.Since >= Stable;
        node.Pauses = stable ? (byte)0 : node.Pauses;
        TimeSpan pause = FirstPause * (1L << Math.Min((int)node.Pauses, 6));
        node.Pauses = (byte)Math.Min(node.Pauses + 1, 6);
        node.State = NodeState.Failed;
        Failures++;
        _due.Enqueue(number, now + (pause < LongestPause ? pause : LongestPause));
    }

    /// <summary>A node is to end, or to end and be started again.</summary>
    /// <returns>True when it runs, and so has to be told.</returns>
    internal bool Tell(int number, bool restart)
    {
        ref Node node = ref _nodes[number];
        if (node.State is NodeState.Booting or NodeState.Up)
        {
            node.Told = true;
            node.Restart = restart;
            return true;
        }

        if (!restart)
            node.State = NodeState.Down;
        else if (node.State is NodeState.Down or NodeState.Failed)
            Wait(number);
        return false;
    }

    private void ForgetMetDeadlines()
    {
        while (_deadlines.TryPeek(out (int Number, uint Start, TimeSpan Until) first)
            && !(_nodes[first.Number].State == NodeState.Booting && _nodes[first.Number].Start == first.Start))
            _deadlines.Dequeue();
    }

    private void Wait(int number)
    {
        _nodes[number].State = NodeState.Waiting;
        _waiting.Enqueue(number);
    }

    private struct Node
    {
        internal TimeSpan Since;
        internal uint Start;
        internal NodeState State;
        internal byte Pauses;
        internal bool Told;
        internal bool Restart;
    }
}
