using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Cli;

/// <summary>What a live view shows, and what keys do to it. Knows nothing of terminals.</summary>
internal sealed class LiveState
{
    private readonly IMonitorSource _source;
    private readonly Stack<LiveLevel> _levels = new();
    private readonly NodeRows _rows = new();
    private NodeColumn _column = NodeColumn.All[0];
    private bool _isReversed;
    private string? _selected;

    /// <param name="source">Where reports come from.</param>
    /// <param name="nodes">The nodes to begin with; null for the hosts, or all of a record.</param>
    internal LiveState(IMonitorSource source, NodeSet? nodes)
    {
        _source = source;
        Go(LevelOf(source.Name, nodes ?? source.Plan?.Hosts));
    }

    /// <summary>The last report; null before the first.</summary>
    internal MonitorReport? Report { get; private set; }

    /// <summary>Whose nodes are shown.</summary>
    internal LiveLevel Level => _levels.Peek();

    /// <summary>The column that rows are sorted by.</summary>
    internal NodeColumn Column => _column;

    /// <summary>What names must have in them.</summary>
    internal string Filter { get; private set; } = "";

    /// <summary>What is typed as a filter; null while none is typed.</summary>
    internal string? Typed { get; private set; }

    /// <summary>A word about the last key; nothing mostly.</summary>
    internal string Notice { get; private set; } = "";

    /// <summary>True when the view is to be left.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Rows that are shown, in order.</summary>
    internal List<NodeRow> Rows { get; private set; } = [];

    /// <summary>Which of them is chosen; -1 where there are none.</summary>
    internal int Selected => Rows.FindIndex(row => row.Node == _selected) is >= 0 and var at ? at : Rows.Count > 0 ? 0 : -1;

    /// <summary>How many rows a page has.</summary>
    internal int Page { get; set; } = 10;

    /// <summary>Takes a report.</summary>
    internal void Take(MonitorReport report)
    {
        Report = report;
        _rows.Take(report);
        Arrange();
    }

    /// <summary>Does what a key asks for.</summary>
    internal void Press(ConsoleKeyInfo key)
    {
        Notice = "";
        if (Typed is not null)
            Type(key);
        else
            Command(key);
        Arrange();
    }

    private void Command(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.UpArrow:
                Select(Selected - 1);
                return;
            case ConsoleKey.DownArrow:
                Select(Selected + 1);
                return;
            case ConsoleKey.PageUp:
                Select(Selected - Page);
                return;
            case ConsoleKey.PageDown:
                Select(Selected + Page);
                return;
            case ConsoleKey.Home:
                Select(0);
                return;
            case ConsoleKey.End:
                Select(Rows.Count - 1);
                return;
            case ConsoleKey.LeftArrow:
                Sort(NodeColumn.All[Math.Max(0, Place() - 1)]);
                return;
            case ConsoleKey.RightArrow:
                Sort(NodeColumn.All[Math.Min(NodeColumn.All.Count - 1, Place() + 1)]);
                return;
            case ConsoleKey.Enter:
                Enter();
                return;
            case ConsoleKey.Backspace when _levels.Count > 1:
                string? left = Level.Host;
                _levels.Pop();
                Go(_levels.Pop());
                _selected = left;
                return;
            case ConsoleKey.Escape:
                Filter = "";
                return;
        }

        switch (key.KeyChar)
        {
            case 'q':
                IsOver = true;
                break;
            case '/':
                Typed = Filter;
                break;
            case var letter when NodeColumn.All.FirstOrDefault(column => column.Key == letter) is { } column:
                Sort(column);
                break;
        }
    }

    private void Type(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                (string text, Typed) = (Typed!, null);
                Filter = text;
                Find(text);
                break;
            case ConsoleKey.Escape:
                (Typed, Filter) = (null, "");
                break;
            case ConsoleKey.Backspace:
                Filter = Typed = Typed!.Length > 0 ? Typed[..^1] : "";
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    Filter = Typed += key.KeyChar;
                break;
        }
    }

    // A set of nodes that are not among those that are shown is watched instead of them.
    private void Find(string text)
    {
        if (text.Length == 0 || _source.Plan is null || Rows.Count > 0)
            return;
        try
        {
            NodeSet nodes = _source.SetOf(text);
            if (nodes.IsEmpty)
                return;
            Filter = "";
            Go(LevelOf(text, nodes));
        }
        catch (MegatuxException none)
        {
            Notice = none.Message;
        }
    }

    private void Enter()
    {
        if (Selected < 0)
            return;
        string host = Rows[Selected].Node;
        if (_source.Plan is { } plan)
        {
            NodeSet guests = plan.Hosts.Contains(host) ? plan.GuestsOf(NodeSet.Parse(host)) : NodeSet.Empty;
            if (guests.IsEmpty)
                Notice = $"{host} has no guests.";
            else
                Go(LevelOf(host, guests, host));
        }
        else if (Level.Host is null && _rows.All().Any(row => IsGuest(row.Node, host)))
        {
            Go(new LiveLevel(host, null, 0, host));
        }
        else
        {
            Notice = $"The record shows no guests of {host}.";
        }
    }

    private void Go(LiveLevel level)
    {
        _levels.Push(level);
        _rows.Choose(level.Nodes);
        (_selected, Filter) = (null, "");
        Arrange();
    }

    private void Select(int at) => _selected = Rows.Count == 0 ? null : Rows[Math.Clamp(at, 0, Rows.Count - 1)].Node;

    // The same key again turns the order round.
    private void Sort(NodeColumn column)
    {
        _isReversed = column == _column && !_isReversed;
        _column = column;
    }

    private int Place() => NodeColumn.All.Index().First(column => column.Item == _column).Index;

    private void Arrange()
    {
        IEnumerable<NodeRow> rows = _rows.All();
        if (Level is { Nodes: null, Host: { } host })
            rows = rows.Where(row => IsGuest(row.Node, host));
        if (Filter.Length > 0)
            rows = rows.Where(Match(Filter));
        Rows = _column.Sort(rows, _isReversed);
    }

    private static Func<NodeRow, bool> Match(string filter) =>
        filter.AsSpan().ContainsAny('[', ',', '!') && NodeSet.TryParse(filter, out NodeSet nodes, out _)
            ? row => nodes.Contains(row.Node)
            : row => row.Node.Contains(filter, StringComparison.OrdinalIgnoreCase);

    private static bool IsGuest(string node, string host) => node.EndsWith("." + host, StringComparison.Ordinal);

    private static LiveLevel LevelOf(string title, NodeSet? nodes, string? host = null) => new(title, nodes is null ? null : RawNodes.First(nodes), nodes?.Count ?? 0, host);
}
