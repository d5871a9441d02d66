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
            byte[] json = Mutations.Of(seeds[i % seeds.Length], random, Words);
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

    private static readonly string[] Words =
        ["-", "999999999999999999999", "[0-4000000000/3]", "]", "[", "\"", "{", "\\ud800", "null", ",", "1e999", "0.0.0.0", "/32", "\0", "é", "!", "^"];
}
