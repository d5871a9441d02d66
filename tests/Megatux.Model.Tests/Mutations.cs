using System.Text;

namespace Megatux.Model.Tests;

/// <summary>Files that are almost those that Megatux writes.</summary>
internal static class Mutations
{
    /// <summary>A file with one to three changes: bits, bytes, parts that are lost, doubled or cut off, words, digits.</summary>
    /// <param name="seed">The file.</param>
    /// <param name="random">Decides.</param>
    /// <param name="words">Words that mean something in such files.</param>
    internal static byte[] Of(byte[] seed, Random random, string[] words)
    {
        var bytes = new List<byte>(seed);
        for (int mutations = random.Next(1, 4); mutations > 0 && bytes.Count > 0; mutations--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(words[random.Next(words.Length)]));
                    break;
                default:
                    Renumber(bytes, at, random);
                    break;
            }
        }

        return [.. bytes];
    }

    // Digits for digits keeps a file well-formed, so that the checks behind the syntax have their turn.
    private static void Renumber(List<byte> bytes, int from, Random random)
    {
        int digit = bytes.FindIndex(from, value => char.IsAsciiDigit((char)value));
        if (digit >= 0)
            bytes[digit] = (byte)('0' + random.Next(10));
    }
}
