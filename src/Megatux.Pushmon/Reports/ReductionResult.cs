namespace Megatux.Pushmon;

/// <summary>What came of a reduction.</summary>
/// <param name="Name">The reduction's name.</param>
/// <param name="Values">Its values by their keys, as its program has them.</param>
public sealed record ReductionResult(string Name, IReadOnlyList<KeyValuePair<string, ReportedValue>> Values)
{
    /// <summary>The value of a key; null if there is none of this kind.</summary>
    public T? Find<T>(string key) where T : ReportedValue =>
        Values.FirstOrDefault(value => value.Key == key && value.Value is T).Value as T;
}
