using System.Text;

namespace Megatux.Sexp.Tests;

public sealed class FuzzTests
{
    private static readonly SexpLimits Small = new() { MaxDepth = 20, MaxTokenBytes = 60, MaxMessageBytes = 300 };

    [Fact]
    public Task Noise_reads_as_data_whose_print_is_a_fixed_point_or_is_refused() => Deadline.Within(() =>
    {
        var random = new Random(1);
        int good = 0;
        for (int i = 0; i < 200_000; i++)
        {
            byte[] text = Noise(random, "(((()))) ''\"\"\\;\n#a1.x+-0\u0080\u0001"u8);
            if (!TryRead(text, out IReadOnlyList<Datum> data))
                continue;
            good++;
            foreach (Datum datum in data)
            {
                byte[] printed = datum.ToUtf8(), canonical = CanonicalSexp.ToBytes(datum);
                Assert.Equal(datum, Datum.Parse(printed));
                Assert.Equal(printed, Datum.Parse(printed).ToUtf8());
                Assert.Equal(datum, CanonicalSexp.Parse(canonical));
            }
        }

        Assert.InRange(good, 1000, 199_000);
    });

    [Fact]
    public Task Noise_reads_the_same_however_it_is_cut() => Deadline.Within(() =>
    {
        var random = new Random(2);
        for (int i = 0; i < 50_000; i++)
        {
            byte[] text = Noise(random, "(()) '\"\\;\nab1"u8);
            bool isGood = TryRead(text, out IReadOnlyList<Datum> whole);
            var builder = new DatumBuilder();
            List<Datum> pieces = [];
            var state = default(SexpReaderState);
            try
            {
                for (int start = 0, end = 0; end < text.Length;)
                {
                    end = Math.Min(text.Length, end + random.Next(1, 10));
                    var reader = new SexpReader(text.AsSpan(start..end), Small, end == text.Length, state);
                    while (builder.Read(ref reader, out Datum? datum))
                        pieces.Add(datum);
                    state = reader.State;
                    start += reader.BytesConsumed;
                }

                Assert.True(isGood);
                Assert.Equal(whole, pieces);
            }
            catch (SexpException)
            {
                Assert.False(isGood);
            }
        }
    });

    [Fact]
    public Task Noise_in_canonical_form_is_one_datum_with_these_very_bytes_or_is_refused() => Deadline.Within(() =>
    {
        var random = new Random(3);
        int good = 0;
        for (int i = 0; i < 200_000; i++)
        {
            byte[] text = Noise(random, "(((()))[]1111223:::::::abtext"u8);
            try
            {
                Datum datum = CanonicalSexp.Parse(text, Small);
                Assert.Equal(text, CanonicalSexp.ToBytes(datum));
                good++;
            }
            catch (SexpException)
            {
                continue;
            }
        }

        Assert.InRange(good, 100, 199_000);
    });

    [Fact]
    public Task Random_programs_end_with_a_value_or_an_error_at_a_place() => Deadline.Within(() =>
    {
        var generator = new ProgramGenerator(seed: 4);
        var budget = new SexpBudget { Steps = 3000, Memory = 200_000, Depth = 300 };
        HashSet<SexpFault> faults = [];
        int values = 0;
        for (int i = 0; i < 60_000; i++)
        {
            string text = generator.Program();
            try
            {
                var runner = new SexpRunner(SexpProgram.Compile(text, ["x", "samples"]), budget);
                SexpValue samples = SexpValue.From(Datum.Parse("((cpu 12 0.5) (mem 32768 -1) \"text\")"));
                string? first = Outcome(runner, samples), second = Outcome(runner, samples);
                Assert.Equal(first, second);
                values++;
            }
            catch (SexpException refused)
            {
                Assert.NotEqual(0, refused.Position.Line);
                faults.Add(refused.Fault);
            }
        }

        Assert.InRange(values, 1000, 59_000);
        Assert.Superset(new HashSet<SexpFault> { SexpFault.BadProgram, SexpFault.BadValue, SexpFault.OutOfSteps, SexpFault.Overflow, SexpFault.Raised }, faults);
    });

    private static string? Outcome(SexpRunner runner, SexpValue samples)
    {
        SexpValue value = runner.Run(7, samples);
        try
        {
            return value.ToString();
        }
        catch (SexpException refused) when (refused.Fault is SexpFault.TooLarge or SexpFault.BadValue)
        {
            // A function, or lists in each other without end, which cannot be written.
            return null;
        }
    }

    private static bool TryRead(byte[] text, out IReadOnlyList<Datum> data)
    {
        try
        {
            data = Datum.ParseAll(text, Small);
            return true;
        }
        catch (SexpException refused)
        {
            Assert.True(refused.Fault is SexpFault.Malformed or SexpFault.TooLarge);
            data = [];
            return false;
        }
    }

    private static byte[] Noise(Random random, ReadOnlySpan<byte> alphabet)
    {
        byte[] text = new byte[random.Next(30)];
        for (int i = 0; i < text.Length; i++)
            text[i] = alphabet[random.Next(alphabet.Length)];
        return text;
    }
}
