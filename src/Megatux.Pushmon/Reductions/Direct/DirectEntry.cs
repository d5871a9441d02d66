namespace Megatux.Pushmon;

/// <summary>What is made of the value of an entry's expression.</summary>
internal enum DirectMeasure : byte
{
    Stat,
    Top,
    Histogram,
    Distinct,
    Group,
}

/// <summary>A key of a direct program, what is counted under it and how.</summary>
/// <param name="Key">The key.</param>
/// <param name="Measure">Which function makes an aggregate of it.</param>
/// <param name="Value">The place of the value that it is made of.</param>
/// <param name="Count">K of the top ones, or how many bins.</param>
/// <param name="Low">Where the first bin begins.</param>
/// <param name="High">Where the last bin ends.</param>
internal sealed record DirectEntry(byte[] Key, DirectMeasure Measure, int Value, int Count = 0, double Low = 0, double High = 0);

/// <summary>A field that a direct program needs.</summary>
/// <param name="Entry">The name of its entry.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Place">The place of its value.</param>
internal sealed record DirectField(string Entry, string Name, int Place);
