namespace Megatux.Sexp;

/// <summary>How large a text may be that is read. Nothing that is read takes more than a small multiple of it.</summary>
public sealed record SexpLimits
{
    /// <summary>The greatest <see cref="MaxDepth"/> there is: what works on data goes as deep on its thread's stack.</summary>
    public const int DeepestNesting = 500;

    /// <summary>What is enough for samples, schemas and programs.</summary>
    public static SexpLimits Default { get; } = new();

    /// <summary>How deep lists and quotes nest, 1 to <see cref="DeepestNesting"/>.</summary>
    public int MaxDepth
    {
        get;
        init => field = InRange(value, DeepestNesting, nameof(MaxDepth));
    } = 128;

    /// <summary>Bytes of one atom, or of one string with its escapes; from 1.</summary>
    public int MaxTokenBytes
    {
        get;
        init => field = InRange(value, int.MaxValue, nameof(MaxTokenBytes));
    } = 64 << 10;

    /// <summary>Bytes from the first to the last of one datum; from 1.</summary>
    public int MaxMessageBytes
    {
        get;
        init => field = InRange(value, int.MaxValue, nameof(MaxMessageBytes));
    } = 1 << 20;

    private static int InRange(int value, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }
}
