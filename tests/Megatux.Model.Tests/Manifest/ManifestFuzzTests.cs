using System.Text;
using Megatux.Equations;

namespace Megatux.Model.Tests;

public sealed class ManifestFuzzTests
{
    private const int Tried = 6_000;

    [Fact]
    public void A_mutated_manifest_is_read_or_refused_and_what_is_read_can_be_written()
    {
        var random = new Random(5);
        byte[][] seeds = [Manifests.Of(Experiments.Laptop).ToJson(), Manifests.Of(Experiments.Hyperion, members: 3).ToJson()];
        int refused = 0;
        for (int i = 0; i < Tried; i++)
        {
            byte[] json = Mutated(seeds[i % seeds.Length], random);
            try
            {
                Manifest manifest = Manifest.Parse(json, "fuzz", EquationCompiler.Instance);
                Assert.Equal(manifest.ToJson(), Manifest.Parse(manifest.ToJson(), "again", EquationCompiler.Instance).ToJson());
            }
            catch (MegatuxException expected)
            {
                Assert.StartsWith("MTX13", expected.Problem.Code, StringComparison.Ordinal);
                refused++;
            }
        }

        // Some mutations change a size or a memory: those are other manifests, not bad ones.
        Assert.InRange(refused, Tried / 2, Tried - 1);
    }

    private static byte[] Mutated(byte[] seed, Random random)
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
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                default:
                    Renumber(bytes, at, random);
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly string[] Words =
        ["-", "999999999999999999999", "[0-4000000000/3]", "]", "[", "\"", "{", "\\ud800", "null", ",", "1e999", "0.0.0.0", "/32", "\0", "é", "!", "^"];

    // Digits for digits keeps a file well-formed, so that the checks behind the syntax have their turn.
    private static void Renumber(List<byte> bytes, int from, Random random)
    {
        int digit = bytes.FindIndex(from, value => char.IsAsciiDigit((char)value));
        if (digit >= 0)
            bytes[digit] = (byte)('0' + random.Next(10));
    }
}
