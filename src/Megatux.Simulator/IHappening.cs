namespace Megatux.Simulator;

/// <summary>Something that happens at a time. What there are many of at once is one itself: it takes less than an <see cref="Action"/> does.</summary>
internal interface IHappening
{
    void Happen();
}
