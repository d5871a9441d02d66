using Megatux.Equations;

namespace Megatux.Model.Tests;

public sealed class ValidationFuzzTests
{
    private const int Tried = 6_000;

    private static readonly Experiment Plan = Experiments.Laptop.Resolve(EquationCompiler.Instance).Experiment!;

    private static readonly string[] Words = ["null", "-1", "1e999", "\"\\ud800\"", "{}", "[[[[[[[[[[", "\"nodes\"", "\"checks\": []", "99999999999999999999", "\0", "@all", "/((((/", ","];

    [Fact]
    public void A_mutated_file_is_read_or_refused_and_what_is_read_can_be_written()
    {
        var random = new Random(7);
        byte[] seed = Validations.Full(Plan).ToJson();
        int refused = 0;
        for (int i = 0; i < Tried; i++)
        {
            byte[] json = Mutations.Of(seed, random, Words);
            try
            {
                Assert.Equal(json, ValidationList.Parse(json, "fuzz", Plan).ToJson());
            }
            catch (MegatuxException expected)
            {
                Assert.Equal(ErrorCodes.ValidationFileMalformed, expected.Problem.Code);
                refused++;
            }
        }

        // Some mutations change a command or a time: those are other checks, not bad ones.
        Assert.InRange(refused, Tried / 2, Tried - 1);
    }

    [Fact]
    public void A_mutated_item_is_read_or_refused_by_its_name()
    {
        var random = new Random(11);
        const string letters = "0123456789%.-/mshx@[]()*+ \n";
        for (int i = 0; i < Tried; i++)
        {
            var item = new ValidationItem("check") { Command = "true", Expect = Text(), ExitCode = Text(), AtLeast = Text(), Count = Text(), Within = Text(), Nodes = Text() };
            try
            {
                ValidationList list = ValidationList.Of(Plan, [item], static _ => { });
                Assert.Equal(list.ToJson(), ValidationList.Parse(list.ToJson(), "again", Plan).ToJson());
            }
            catch (MegatuxException expected)
            {
                Assert.Equal("Validation:check", expected.Problem.Subject);
            }

            string? Text() => random.Next(3) > 0 ? null : new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => letters[random.Next(letters.Length)])]);
        }
    }
}
