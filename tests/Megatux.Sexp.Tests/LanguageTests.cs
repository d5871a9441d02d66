namespace Megatux.Sexp.Tests;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("(if #f 1 2)", "2")]
    [InlineData("(if #f 1)", "#f")]
    [InlineData("(if '() 1 2)", "1")]
    [InlineData("(cond (#f 1) ((assoc 2 '((1 a) (2 b))) => cadr) (else 3))", "b")]
    [InlineData("(cond (#f 1) (5))", "5")]
    [InlineData("(cond (#f 1))", "#f")]
    [InlineData("(case 'b ((a) 1) ((b c) 2) (else 3))", "2")]
    [InlineData("(case \"x\" ((\"x\" 5) 'text) (else 3))", "text")]
    [InlineData("(case 9 ((a) 1) (else 3))", "3")]
    [InlineData("(list (and) (and 1 2) (and 1 #f 2) (or) (or #f 3 4) (or #f #f))", "(#t 2 #f #f 3 #f)")]
    [InlineData("(list (when 1 2 3) (when #f 2) (unless #f 2) (unless 1 2))", "(3 #f 2 #f)")]
    [InlineData("(let ((x 1) (y 2)) (let ((x y) (y x)) (list x y)))", "(2 1)")]
    [InlineData("(let* ((x 1) (y (+ x 1)) (x (* y 10))) (list x y))", "(20 2)")]
    [InlineData("(letrec ((even (lambda (n) (if (= n 0) #t (odd (- n 1))))) (odd (lambda (n) (if (= n 0) #f (even (- n 1)))))) (even 100))", "#t")]
    [InlineData("(let loop ((i 0) (sum 0)) (if (= i 100000) sum (loop (+ i 1) (+ sum i))))", "4999950000")]
    [InlineData("(define (make n) (lambda (x) (+ x n))) (define add5 (make 5)) (define add7 (make 7)) (list (add5 1) (add7 1))", "(6 8)")]
    [InlineData("(define (f) (define a 1) (define (g x) (* x (+ a b))) (define b 2) (g 5)) (f)", "15")]
    [InlineData("(define (later) answer) (define answer 42) (later)", "42")]
    [InlineData("((lambda (+) (+ 1 2)) -)", "-1")]
    [InlineData("(begin 1 2 3)", "3")]
    [InlineData("(let ((f (lambda (x) (lambda (y) (lambda (z) (list x y z)))))) (((f 1) 2) 3))", "(1 2 3)")]
    public void Forms_and_scopes_are_those_of_Scheme(string program, string value) => Assert.Equal(value, Value(program));

    [Theory]
    [InlineData("(quasiquote (a (unquote (+ 1 2)) (unquote-splicing (map - '(1 2))) b))", "(a 3 -1 -2 b)")]
    [InlineData("(quasiquote (a (unquote 5)))", "(a 5)")]
    [InlineData("(quasiquote (1 (quasiquote (2 (unquote (3 (unquote (+ 1 3))))))))", "(1 (quasiquote (2 (unquote (3 4)))))")]
    [InlineData("'(a 'b \"c\" 1.50)", "(a 'b \"c\" 1.50)")]
    [InlineData("(list 'a `b ,c)", null)]
    public void Symbolic_work_is_done_with_quotes_and_templates(string program, string? value)
    {
        // In the grammar ` and , are letters like any other.
        if (value is null)
            Assert.Contains("there is no `b", Refused(program).Message, StringComparison.Ordinal);
        else
            Assert.Equal(value, Value(program));
    }

    [Theory]
    [InlineData("(map + '(1 2 3) '(10 20))", "(11 22)")]
    [InlineData("(filter (lambda (x) (> x 1)) '(1 2 3))", "(2 3)")]
    [InlineData("(fold cons '() '(1 2 3))", "(3 2 1)")]
    [InlineData("(fold-right cons '() '(1 2 3))", "(1 2 3)")]
    [InlineData("(list (reduce + 0 '()) (reduce max 0 '(3 9 2)))", "(0 9)")]
    [InlineData("(apply list 1 2 '(3 4))", "(1 2 3 4)")]
    [InlineData("(sort '((b 2) (a 2) (c 1)) (lambda (x y) (< (cadr x) (cadr y))))", "((c 1) (b 2) (a 2))")]
    [InlineData("(sort '(5 3 9 1 7 2 8) >)", "(9 8 7 5 3 2 1)")]
    [InlineData("(append '(1) '() '(2 3) '(4))", "(1 2 3 4)")]
    [InlineData("(list (reverse '(1 2 3)) (length '(1 2)) (list-ref '(a b c) 1) (list-tail '(a b c) 2) (take '(a b c) 2) (drop '(a b c) 1))", "((3 2 1) 2 b (c) (a b) (b c))")]
    [InlineData("(list (car '(1 2)) (cdr '(1 2)) (cadr '(1 2 3)) (cddr '(1 2 3)) (caddr '(1 2 3)) (caar '((1) 2)))", "(1 (2) 2 (3) 3 1)")]
    [InlineData("(list (assoc \"b\" '((\"a\" 1) (\"b\" 2))) (assq 'x '((y 1))) (member '(2) '((1) (2) (3))) (memq 'c '(a b)))", "((\"b\" 2) #f ((2) (3)) #f)")]
    [InlineData("(list (equal? '(1 (2 \"x\")) '(1 (2 \"x\"))) (eq? 'a 'a) (eq? '(1) '(1)) (equal? 1 1.0) (equal? +nan.0 +nan.0) (= +nan.0 +nan.0))", "(#t #t #f #t #t #f)")]
    [InlineData("(iota 4 1 0.5)", "(1 1.5 2.0 2.5)")]
    public void Lists_are_worked_on_as_wholes(string program, string value) => Assert.Equal(value, Value(program));

    [Theory]
    [InlineData("(list (string-append \"a\" \"b\" \"c\") (string-length \"abc\") (substring \"abcdef\" 2 4) (substring \"abc\" 1))", "(\"abc\" 3 \"cd\" \"bc\")")]
    [InlineData("(list (string=? \"a\" \"a\") (string<? \"a\" \"b\") (string-contains \"hello\" \"ll\") (string-contains \"hello\" \"x\"))", "(#t #t 2 #f)")]
    [InlineData("(list (symbol->string 'a) (string->symbol \"b\") (number->string 255 16) (string->number \"ff\" 16) (string->number \"x\") (number->string 1.50))", "(\"a\" b \"ff\" 255 #f \"1.50\")")]
    [InlineData("(map (lambda (f) (f '())) (list null? pair? list? number? string? symbol? boolean? procedure?))", "(#t #f #t #f #f #f #f #f)")]
    public void Strings_are_bytes_and_become_symbols_and_numbers(string program, string value) => Assert.Equal(value, Value(program));

    [Theory]
    [InlineData("(+ 1\n   (car 5))", SexpFault.BadValue, 2, 4)]
    [InlineData("(define (f x)\n  (list-ref x 3))\n(f '(1 2))", SexpFault.BadValue, 2, 3)]
    [InlineData("(let ((x 1))\n  (y))", SexpFault.BadProgram, 2, 4)]
    [InlineData("(map (lambda (x)\n  (error \"bad\" x)) '(1))", SexpFault.Raised, 2, 3)]
    [InlineData("(let loop ()\n  (loop))", SexpFault.OutOfSteps, 2, 3)]
    [InlineData("(* 4000000000\n (* 4000000000 4000000000))", SexpFault.Overflow, 2, 2)]
    public void Errors_point_at_their_place_in_the_program(string program, SexpFault fault, int line, int column)
    {
        SexpException refused = Refused(program);

        Assert.Equal((fault, new SexpPosition(line, column)), (refused.Fault, refused.Position));
    }

    [Theory]
    [InlineData("")]
    [InlineData("()")]
    [InlineData("(if)")]
    [InlineData("(if 1 2 3 4)")]
    [InlineData("(lambda)")]
    [InlineData("(lambda (x x) x)")]
    [InlineData("(lambda (1) 1)")]
    [InlineData("(lambda (if) 1)")]
    [InlineData("(let ((x)) x)")]
    [InlineData("(let x)")]
    [InlineData("(cond (else 1) (2 3))")]
    [InlineData("(define x)")]
    [InlineData("(define x 1) (define x 2)")]
    [InlineData("(+ 1 (define x 2))")]
    [InlineData("(lambda () (define x 1))")]
    [InlineData("(unquote x)")]
    [InlineData("(car 1 2)")]
    [InlineData("(list else)")]
    [InlineData("if")]
    [InlineData("nothing")]
    [InlineData("(case 1 (1 2))")]
    public void What_the_language_does_not_have_is_refused_before_it_runs(string program) =>
        Assert.Equal(SexpFault.BadProgram, Assert.Throws<SexpException>(() => SexpProgram.Compile(program)).Fault);

    [Theory]
    [InlineData("(1 2)")]
    [InlineData("((lambda (x) x))")]
    [InlineData("(map (lambda () 1) '(1))")]
    [InlineData("(letrec ((x y) (y 1)) x)")]
    [InlineData("(define (f) x) (define y (f)) (define x 1) y")]
    [InlineData("(cons 1 2)")]
    [InlineData("(< 1 'a)")]
    [InlineData("(string-append \"a\" 'b)")]
    [InlineData("(substring \"abc\" 2 1)")]
    [InlineData("(take '(1) 2)")]
    [InlineData("(string->symbol \"a b\")")]
    [InlineData("(/ 1 0)")]
    [InlineData("(modulo 1 0)")]
    [InlineData("(sqrt -1)")]
    [InlineData("(exact +nan.0)")]
    [InlineData("(assoc 1 '(2))")]
    public void What_cannot_be_done_with_a_value_is_an_error(string program) => Assert.Equal(SexpFault.BadValue, Refused(program).Fault);

    [Fact]
    public void A_host_binds_data_and_adds_functions_of_its_own()
    {
        SexpPrimitive twice = new("twice", static (in call, function, value) => call.Apply(function, call.Apply(function, value)));
        SexpProgram program = SexpProgram.Compile("(twice (lambda (x) (* x factor)) (cadr (assq 'free meminfo)))", ["meminfo", "factor"], [twice]);

        SexpValue value = program.Run(SexpValue.From(Datum.Parse("((total 32768) (free 20112))")), 10);

        Assert.Equal("2011200", value.ToString());
    }

    internal static string Value(string program) => SexpProgram.Compile(program).Run().ToString();

    internal static SexpException Refused(string program) => Assert.Throws<SexpException>(() => SexpProgram.Compile(program).Run());
}
