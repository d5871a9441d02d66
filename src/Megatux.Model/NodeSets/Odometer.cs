namespace Megatux.Model;

/// <summary>Lists the tuples of a product one by one, the last number turning fastest.</summary>
internal static class Odometer
{
    /// <summary>Yields each tuple in the same array, which the next turn changes.</summary>
    public static IEnumerable<long[]> Turn(IndexSet[] axes)
    {
        var places = new long[axes.Length];
        var ordinals = new long[axes.Length];
        for (int i = 0; i < axes.Length; i++)
            ordinals[i] = axes[i].First;
        int wheel;
        do
        {
            yield return ordinals;
            wheel = axes.Length - 1;
            while (wheel >= 0 && ++places[wheel] == axes[wheel].Count)
            {
                places[wheel] = 0;
                ordinals[wheel] = axes[wheel].First;
                wheel--;
            }

            if (wheel >= 0)
                ordinals[wheel] = axes[wheel].At(places[wheel]);
        }
        while (wheel >= 0);
    }
}
