namespace Megatux.Imaging;

/// <summary>Keeps what a task says until those before it have had their say.</summary>
internal sealed class DelayedLog(IBuildLog log) : IBuildLog
{
    private readonly List<Action<IBuildLog>> _said = [];
    private readonly Lock _access = new();
    private bool _follows;

    /// <summary>Says all that was kept, from now on passes everything on at once, and waits for the task.</summary>
    internal T Follow<T>(Task<T> task)
    {
        lock (_access)
        {
            foreach (Action<IBuildLog> say in _said)
                say(log);
            _follows = true;
        }

        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Tell(string message) => Say(log => log.Tell(message));

    /// <inheritdoc/>
    public void Detail(string message) => Say(log => log.Detail(message));

    private void Say(Action<IBuildLog> say)
    {
        lock (_access)
        {
            if (_follows)
                say(log);
            else
                _said.Add(say);
        }
    }
}
