using System.Text;

namespace Megatux.Sexp.Tests;

/// <summary>Makes programs of the language's forms and functions, most of which mean something for a while.</summary>
internal sealed class ProgramGenerator(int seed)
{
    private static readonly string[] Atoms =
    [
        "0", "1", "-1", "2", "3", "7", "0.5", "1266084142.710273", "9223372036854775807", "-9223372036854775808", "+inf.0", "+nan.0",
        "18446744073709551616", "0x10", "\"\"", "\"abc\"", "#t", "#f", "'()", "'a", "'(1 2 3)", "'((a 1) (b 2))", "x", "x", "y", "z",
        "samples", "f", "g", "+", "car", "list", "<", "apply", "(iota 20)",
    ];

    private static readonly SexpPrimitive[] Functions = Builtins.All;
    private readonly Random _random = new(seed);

    internal string Program()
    {
        var text = new StringBuilder();
        if (_random.Next(2) == 0)
            text.Append("(define (f x) ").Append(Expression(3)).Append(')');
        if (_random.Next(2) == 0)
            text.Append("(define (g y z) ").Append(Expression(3)).Append(')');
        string program = text.Append(Expression(_random.Next(1, 7))).ToString();

        // Now and then damaged, so that what is not a program is tried as well.
        return _random.Next(20) > 0 ? program : program.Remove(_random.Next(program.Length), 1);
    }

    private string Expression(int depth)
    {
        if (depth <= 0)
            return Atoms[_random.Next(Atoms.Length)];
        string One() => Expression(depth - 1 - _random.Next(2));
        return _random.Next(22) switch
        {
            0 => $"(if {One()} {One()} {One()})",
            1 => $"(let ((y {One()}) (z {One()})) {One()})",
            2 => $"(let* ((y {One()}) (y {One()})) {One()})",
            3 => $"(letrec ((y (lambda (z) {One()}))) {One()})",
            4 => $"(let loop ((y {One()}) (z {One()})) (if {One()} {One()} (loop {One()} {One()})))",
            5 => $"(cond ({One()} {One()}) ({One()} => {One()}) (else {One()}))",
            6 => $"(case {One()} ((1 a) {One()}) (else {One()}))",
            7 => $"(map (lambda (y) {One()}) {One()})",
            8 => $"(fold (lambda (y z) {One()}) {One()} {One()})",
            9 => $"(filter (lambda (z) {One()}) {One()})",
            10 => $"(sort {One()} (lambda (y z) {One()}))",
            11 => $"(quasiquote (a (unquote {One()}) (unquote-splicing {One()})))",
            12 => $"((lambda (y) {One()}) {One()})",
            13 => $"(begin {One()} {One()})",
            14 => $"(f {One()})",
            15 => $"(g {One()} {One()})",
            16 => $"(and {One()} (or {One()} {One()}))",
            _ => Call(Functions[_random.Next(Functions.Length)], One),
        };
    }

    private string Call(SexpPrimitive function, Func<string> one)
    {
        int count = _random.Next(function.Least, Math.Min(function.Most, function.Least + 2) + 1);
        return $"({function.Name}{string.Concat(Enumerable.Range(0, count).Select(_ => " " + one()))})";
    }
}
