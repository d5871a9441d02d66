using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Megatux.Pushmon;

/// <summary>Reads a value of a sample that is plain: a decimal, a symbol that begins with a letter, or a string without escapes.</summary>
internal static class AtomReader
{
    // More digits may not fit into 64 bits.
    private const int MostDigits = 18;

    private const int Word = sizeof(ulong), Bits = 8, ByteShift = 3;
    private const ulong Zeros = 0x3030303030303030, Point = '.' ^ '0';
    private const ulong SignBits = 0x8080808080808080, UpToSign = 0x7F7F7F7F7F7F7F7F, ToSignFromTen = 0x7676767676767676;

    internal static readonly SearchValues<byte> EndOfText = SearchValues.Create("()\"'; \t\n\v\f\r"u8);

    /// <summary>Reads a value.</summary>
    /// <returns>Where it ends, at a space or closing parenthesis; -1 for one that is not plain.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Read(ReadOnlySpan<byte> data, int at, ref DirectValue value)
    {
        // Mostly it is a short number: all its digits at once.
        ReadOnlySpan<byte> rest = (uint)at < (uint)data.Length ? data[at..] : default;
        if (rest.Length > Word)
        {
            ulong digits = BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ Zeros;
            ulong others = (((digits & UpToSign) + ToSignFromTen) | digits) & SignBits;
            int length = BitOperations.TrailingZeroCount(others) >> ByteShift, count = length, scale = 0;
            if (rest[length] == (byte)'.')
            {
                // What stands behind the point moves into its place.
                ulong whole = (1UL << (length << ByteShift)) - 1;
                digits = (digits & whole) | ((digits >> Bits) & ~whole);
                count = (BitOperations.TrailingZeroCount(others & (others - 1)) >> ByteShift) - 1;
                scale = count - length;
                length = scale > 0 && length > 0 ? count + 1 : 0;
            }

            if (length > 0 && rest[length] <= (byte)')')
            {
                value = new DirectValue((long)OfDigits(digits << ((Word - count) << ByteShift)), scale, DirectKind.Number);
                return at + length;
            }
        }

        return ReadAny(data, at, ref value);
    }

    /// <summary>The number of eight digits, the first in the lowest byte: pairs become numbers to 99, pairs of these such to 9999.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfDigits(ulong digits)
    {
        const ulong Pairs = 0x00FF00FF00FF00FF, Fours = 0x0000FFFF0000FFFF;
        digits = ((digits * (1 + (10 << 8))) >> 8) & Pairs;
        digits = ((digits * (1 + (100 << 16))) >> 16) & Fours;
        return (digits * (1 + (10000UL << 32))) >> 32;
    }

    /// <summary>Goes on to the end of an atom in an entry that is flat.</summary>
    /// <returns>Where it ends, at a space or closing parenthesis; -1 where there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Skip(ReadOnlySpan<byte> data, int at)
    {
        int end = at;
        while ((uint)end < (uint)data.Length && data[end] > (byte)')')
            end++;
        return end > at ? end : -1;
    }

    private static int ReadAny(ReadOnlySpan<byte> data, int at, ref DirectValue value)
    {
        int start = at;
        bool isNegative = (uint)at < (uint)data.Length && data[at] == (byte)'-';
        if (isNegative)
            at++;
        int first = at, scale = 0;
        long mantissa = 0;
        at = ReadDigits(data, at, ref mantissa);
        if (at == first)
            return isNegative ? -1 : ReadText(data, start, ref value);
        int digits = at - first;
        if ((uint)at < (uint)data.Length && data[at] == (byte)'.')
        {
            int point = at + 1;
            at = ReadDigits(data, point, ref mantissa);
            scale = at - point;
            digits += scale;
            if (scale == 0)
                return -1;
        }

        if (digits > MostDigits || (uint)at >= (uint)data.Length || data[at] is not ((byte)' ' or (byte)')'))
            return -1;
        value = new DirectValue(isNegative ? -mantissa : mantissa, scale, DirectKind.Number);
        return at;
    }

    private static int ReadDigits(ReadOnlySpan<byte> data, int at, ref long number)
    {
        long read = number;
        for (uint digit; (uint)at < (uint)data.Length && (digit = (uint)(data[at] - '0')) <= 9; at++)
            read = read * 10 + digit;
        number = read;
        return at;
    }

    private static int ReadText(ReadOnlySpan<byte> data, int start, ref DirectValue value)
    {
        if ((uint)start >= (uint)data.Length)
            return -1;
        int end;
        if (data[start] == (byte)'"')
        {
            int length = data[(start + 1)..].IndexOfAny((byte)'"', (byte)'\\');
            end = start + length + 2;
            if (length < 0 || data[end - 1] != (byte)'"')
                return -1;
        }
        else
        {
            int length = char.IsAsciiLetter((char)data[start]) ? data[start..].IndexOfAny(EndOfText) : -1;
            end = start + length;
            if (length < 0)
                return -1;
        }

        if ((uint)end >= (uint)data.Length || data[end] is not ((byte)' ' or (byte)')'))
            return -1;
        value = new DirectValue(start, end - start, DirectKind.Text);
        return end;
    }
}
