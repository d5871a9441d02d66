using System.Globalization;

namespace Megatux.Benchmarks;

/// <summary>The built-in reduction, written in C by hand for these samples alone, with sfsexp to read them.</summary>
internal sealed class ReducePeer
{
    private const string Source = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sfsexp/sexp.h>

        enum { LOAD, BUSY, MEMORY, TOTAL, RX, TX, TASKS, UPTIME, STATS };
        enum { TOP = 10, BINS = 20, LINES = 65536 };
        struct stat { long count; double sum, least, most, squares; } stats[STATS];
        struct { double value; int line; } top[TOP + 1];
        long bins[BINS + 2], kept;

        static void add(struct stat *s, double x)
        {
            if (s->count == 0 || x < s->least) s->least = x;
            if (s->count == 0 || x > s->most) s->most = x;
            s->count++; s->sum += x; s->squares += x * x;
        }

        static void busiest(double x, int line)
        {
            if (kept == TOP && x <= top[TOP - 1].value) return;
            long at = kept;
            for (; at > 0 && top[at - 1].value < x; at--) top[at] = top[at - 1];
            top[at].value = x; top[at].line = line;
            if (kept < TOP) kept++;
        }

        static double field(sexp_t *name, int index)
        {
            sexp_t *value = name->next;
            while (value && index-- > 0) value = value->next;
            return value && value->ty == SEXP_VALUE ? strtod(value->val, NULL) : 0;
        }

        int main(int argc, char **argv)
        {
            static char *lines[LINES];
            static size_t lengths[LINES];
            char *line = NULL; size_t room = 0; int count = 0;
            FILE *file = fopen(argv[1], "r");
            if (argc != 3 || file == NULL) return 2;
            for (ssize_t length; count < LINES && (length = getline(&line, &room, file)) > 0; count++) {
                lines[count] = strdup(line); lengths[count] = length;
            }
            for (long rounds = atol(argv[2]); rounds > 0; rounds--) {
                memset(stats, 0, sizeof stats); memset(bins, 0, sizeof bins); kept = 0;
                for (int i = 0; i < count; i++) {
                    sexp_t *sample = parse_sexp(lines[i], lengths[i]);
                    if (sample == NULL) return 1;
                    for (sexp_t *entry = sample->list; entry; entry = entry->next) {
                        sexp_t *name = entry->list;
                        if (name == NULL || name->val == NULL) continue;
                        if (!strcmp(name->val, "load")) add(&stats[LOAD], field(name, 0));
                        else if (!strcmp(name->val, "busy")) {
                            double x = field(name, 0);
                            add(&stats[BUSY], x); busiest(x, i);
                            bins[x < 0 ? BINS : x >= 100 ? BINS + 1 : (int)(x * BINS / 100)]++;
                        }
                        else if (!strcmp(name->val, "memory")) { add(&stats[TOTAL], field(name, 0)); add(&stats[MEMORY], field(name, 0) - field(name, 2)); }
                        else if (!strcmp(name->val, "traffic")) { add(&stats[RX], field(name, 0)); add(&stats[TX], field(name, 1)); }
                        else if (!strcmp(name->val, "tasks")) add(&stats[TASKS], field(name, 1));
                        else if (!strcmp(name->val, "uptime")) add(&stats[UPTIME], field(name, 0));
                    }
                    destroy_sexp(sample);
                }
            }
            printf("%ld\n", stats[LOAD].count);
            return 0;
        }
        """;

    private readonly string _program, _input;
    private readonly int _count;

    private ReducePeer(string program, string input, int count) => (_program, _input, _count) = (program, input, count);

    /// <summary>Compiles it; null, which is reported, where the library or a compiler is missing.</summary>
    internal static ReducePeer? TryCompile(Report report, Workshop shop, byte[][] samples)
    {
        string folder = shop.NewFolder("reduce"), program = Path.Combine(folder, "peer"), input = Path.Combine(folder, "samples");
        if (!File.Exists("/usr/include/sfsexp/sexp.h"))
        {
            report.Missing("sfsexp", "libsexp-dev");
            return null;
        }

        if (!Shell.Has("cc", "gcc", report))
            return null;
        File.WriteAllText(program + ".c", Source);
        File.WriteAllBytes(input, [.. samples.SelectMany(sample => (byte[])[.. sample, (byte)'\n'])]);
        Shell.Run("cc", "-O2", "-o", program, program + ".c", "-lsexp");
        return new ReducePeer(program, input, samples.Length);
    }

    internal void Run(int rounds)
    {
        if (Shell.Run(_program, _input, rounds.ToString(CultureInfo.InvariantCulture)).Trim() != _count.ToString(CultureInfo.InvariantCulture))
            throw new InvalidOperationException("the peer did not read all samples");
    }
}
