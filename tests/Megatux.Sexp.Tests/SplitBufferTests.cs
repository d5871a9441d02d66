using System.Text;

namespace Megatux.Sexp.Tests;

public sealed class SplitBufferTests
{
    private static readonly string[] Texts =
    [
        ReaderTests.SampleLine,
        "(a\"b\\\"c\n\\\\d\" ;comment ) \"\n 'e ''(f)\n)  (x) y ; the end",
        "((cpuinfo 'U user nice system)(meminfo 'U total free))\n((cpuinfo 12 0 3)(meminfo 32768 20112))\n",
    ];

    [Fact]
    public void Cut_at_any_two_places_a_text_reads_as_the_same_tokens_at_the_same_positions()
    {
        foreach (string text in Texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            List<string> whole = Read(bytes, [bytes.Length]);
            for (int first = 0; first <= bytes.Length; first++)
                for (int second = first; second <= bytes.Length; second++)
                    Assert.Equal(whole, Read(bytes, [first, second, bytes.Length]));
        }
    }

    [Fact]
    public void Byte_by_byte_a_text_reads_as_the_same_data()
    {
        foreach (string text in Texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            var builder = new DatumBuilder();
            List<Datum> data = [];
            var state = default(SexpReaderState);
            for (int end = 1, start = 0; end <= bytes.Length; end++)
            {
                var reader = new SexpReader(bytes.AsSpan(start..end), isLast: end == bytes.Length, state: state);
                while (builder.Read(ref reader, out Datum? datum))
                    data.Add(datum);
                state = reader.State;
                start += reader.BytesConsumed;
            }

            Assert.Equal(Datum.ParseAll(text), data);
        }
    }

    private static List<string> Read(byte[] bytes, int[] cuts)
    {
        List<string> tokens = [];
        var state = default(SexpReaderState);
        int start = 0;
        foreach (int cut in cuts)
        {
            var reader = new SexpReader(bytes.AsSpan(start..cut), isLast: cut == bytes.Length, state: state);
            while (reader.Read())
                tokens.Add($"{reader.Token} {Encoding.UTF8.GetString(reader.Lexeme)} {reader.Position} {reader.Offset} {reader.Depth}");
            state = reader.State;
            start += reader.BytesConsumed;
        }

        return tokens;
    }
}
