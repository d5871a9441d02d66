namespace Megatux.Simulator;

/// <summary>Time, and what happens in it: events in the order of their times, and those of one time in the order in which they were planned.</summary>
internal sealed class VirtualClock
{
    private readonly PriorityQueue<IHappening, Moment> _events = new();
    private long _order;

    internal TimeSpan Now { get; private set; }

    /// <summary>How many events there were.</summary>
    internal long Events { get; private set; }

    internal void At(TimeSpan time, IHappening happens) => _events.Enqueue(happens, new Moment(time < Now ? Now : time, _order++));

    internal void At(TimeSpan time, Action happens) => At(time, new Deed(happens));

    internal void After(TimeSpan pause, IHappening happens) => At(Now + pause, happens);

    internal void After(TimeSpan pause, Action happens) => At(Now + pause, happens);

    /// <summary>Lets all happen up to a time.</summary>
    internal void RunTo(TimeSpan end)
    {
        while (_events.TryPeek(out IHappening? happens, out Moment moment) && moment.Time <= end)
        {
            _events.Dequeue();
            Now = moment.Time;
            Events++;
            happens.Happen();
        }

        Now = end;
    }

    /// <summary>Lets all happen until something is so, looked at after each step.</summary>
    /// <returns>False when the end came first.</returns>
    internal bool RunUntil(Func<bool> isSo, TimeSpan step, TimeSpan end)
    {
        while (!isSo())
        {
            if (Now >= end)
                return false;
            RunTo(Now + step);
        }

        return true;
    }

    private sealed class Deed(Action happens) : IHappening
    {
        void IHappening.Happen() => happens();
    }

    private readonly record struct Moment(TimeSpan Time, long Order) : IComparable<Moment>
    {
        public int CompareTo(Moment other) => Time != other.Time ? Time.CompareTo(other.Time) : Order.CompareTo(other.Order);
    }
}
