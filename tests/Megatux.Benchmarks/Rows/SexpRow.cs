using System.Globalization;
using System.Text;
using Megatux.Sexp;

namespace Megatux.Benchmarks;

/// <summary>Reading the line that every guest says each second, and a reducer's work on a thousand of them.</summary>
internal sealed class SexpRow : Row
{
    private const double TokensAim = 0.5, TreeAim = 1.0, LineAim = 100e-9;
    private const int Lines = 3_000_000, Runs = 200;
    private const string Line = """(("MARK: 1266084142.710273")0x4336 "o0x4336 s1 #0")""";
    private const int TokensOfLine = 7;

    // A lone thread of C, as ours is one of .NET. Where a parser stopped is where the next call would go on: it starts anew.
    private const string Peer = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sfsexp/sexp.h>

        static long tokens;
        static void list(void) { tokens++; }
        static void atom(const char *data, size_t length, atom_t kind) { (void)data; (void)length; (void)kind; tokens++; }

        int main(int argc, char **argv)
        {
            if (argc != 4)
                return 2;
            char *line = argv[2];
            size_t length = strlen(line);
            long count = atol(argv[3]);
            parser_event_handlers_t handlers = { list, list, atom, NULL };
            pcont_t *state = init_continuation(line);
            state->mode = PARSER_EVENTS_ONLY;
            state->event_handlers = &handlers;
            for (long i = 0; i < count; i++) {
                if (strcmp(argv[1], "tokens") == 0) {
                    state->lastPos = NULL;
                    state = cparse_sexp(line, length, state);
                    if (state == NULL || state->error != SEXP_ERR_OK)
                        return 1;
                } else {
                    sexp_t *parsed = parse_sexp(line, length);
                    if (parsed == NULL)
                        return 1;
                    tokens++;
                    destroy_sexp(parsed);
                }
            }
            printf("%ld\n", tokens);
            return 0;
        }
        """;

    private const string Reducer = """
        (fold (lambda (sample total)
                (list (+ 1 (car total)) (+ (cadr sample) (cadr total)) (max (caddr sample) (caddr total))))
              '(0 0 0) samples)
        """;

    internal override string Name => "sexp";

    internal override string About => "reading a line of a sample, one core, against the C library sfsexp; a reducer over 1000 samples";

    internal override void Run(Report report, Workshop shop)
    {
        byte[] line = Encoding.ASCII.GetBytes(Line);
        var tokens = new Job(() => ReadTokens(line));
        var tree = new Job(() => ReadTrees(line));
        if (TryCompile(report, shop, out string peer))
        {
            var theirTree = new Job(() => Theirs(peer, "tree", Lines));
            Comparison found = Pairs.Measure($"{Lines:N0} lines, token by token", "sfsexp", TokensAim, tokens, theirTree);
            report.Add(found);
            report.Add(Pairs.Measure("the same", "sfsexp, events only", null, tokens, new Job(() => Theirs(peer, "tokens", Lines * TokensOfLine))));
            report.Add(Pairs.Measure("the same, into trees", "sfsexp", TreeAim, tree, theirTree));
            report.Note(string.Create(CultureInfo.InvariantCulture, $"lines a second: ours {Lines / found.Ours.Median:N0}, sfsexp {Lines / found.Theirs.Median:N0}"));
        }

        report.Add(Comparison.WithLimit("one line, token by token", Unit.Seconds, Enumerable.Range(0, 5).Select(_ => tokens.Seconds() / Lines), LineAim));
        Reduce(report);
    }

    private static void ReadTokens(byte[] line)
    {
        long read = 0;
        for (int i = 0; i < Lines; i++)
        {
            var reader = new SexpReader(line);
            while (reader.Read())
                read++;
        }

        Check(read, (long)Lines * TokensOfLine);
    }

    private static void ReadTrees(byte[] line)
    {
        long read = 0;
        var builder = new DatumBuilder();
        for (int i = 0; i < Lines; i++)
        {
            var reader = new SexpReader(line);
            if (builder.Read(ref reader, out Datum? datum))
                read += datum.Items.Length;
        }

        Check(read, (long)Lines * 3);
    }

    private static void Theirs(string peer, string mode, long wanted) =>
        Check(long.Parse(Shell.Run(peer, mode, Line, Lines.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture), wanted);

    private static void Check(long found, long wanted)
    {
        if (found != wanted)
            throw new InvalidOperationException($"{wanted} were to be read, and {found} were");
    }

    /// <summary>The same reducer as a program and in C#: what it costs that a person may say it anew while an experiment runs.</summary>
    private static void Reduce(Report report)
    {
        SexpValue samples = SexpValue.List([.. Enumerable.Range(0, 1000).Select(i => SexpValue.From(Datum.Parse($"(cpu {i} {3 * i}.5)")))]);
        (long Number, double Value)[] same = [.. Enumerable.Range(0, 1000).Select(i => ((long)i, 3 * i + 0.5))];
        var program = new SexpRunner(SexpProgram.Compile(Reducer, ["samples"]));
        report.Add(Pairs.Measure($"a reducer over 1000 samples, {Runs} times", "the same in C#", null,
            new Job(() =>
            {
                for (int i = 0; i < Runs; i++)
                    if (program.Run(samples).ToString() != "(1000 499500 2997.5)")
                        throw new InvalidOperationException("another sum");
            }),
            new Job(() =>
            {
                for (int i = 0; i < Runs; i++)
                    if (same.Aggregate((Count: 0, Sum: 0L, Most: 0.0), (total, sample) =>
                        (total.Count + 1, total.Sum + sample.Number, Math.Max(total.Most, sample.Value))) != (1000, 499500, 2997.5))
                        throw new InvalidOperationException("another sum");
            })));
        report.Note($"steps of the program each time: {program.StepsTaken.ToString(CultureInfo.InvariantCulture)}");
    }

    private static bool TryCompile(Report report, Workshop shop, out string program)
    {
        const string Header = "/usr/include/sfsexp/sexp.h";
        program = Path.Combine(shop.NewFolder("sfsexp"), "peer");
        if (!File.Exists(Header))
        {
            report.Missing("sfsexp", "libsexp-dev");
            return false;
        }

        if (!Shell.Has("cc", "gcc", report))
            return false;
        File.WriteAllText(program + ".c", Peer);
        Shell.Run("cc", "-O2", "-o", program, program + ".c", "-lsexp");
        return true;
    }
}
