namespace Megatux.Sexp.Tests;

public sealed class BudgetTests
{
    // Threads of guests' agents are as small.
    private const int SmallStack = 256 << 10;

    [Theory]
    [InlineData("(let loop () (loop))", SexpFault.OutOfSteps)]
    [InlineData("(define (f n) (+ 1 (f n))) (f 1)", SexpFault.OutOfDepth)]
    [InlineData("(define (a n) (list (b n))) (define (b n) (car (a n))) (a 1)", SexpFault.OutOfDepth)]
    [InlineData("(define (f n) (fold (lambda (a b) (f a)) 0 '(1 2))) (f 1)", SexpFault.OutOfDepth)]
    [InlineData("(define (f n) (map (lambda (x y) (sort '(1 2) (lambda (a b) (f 1)))) '(1 2) '(3 4))) (f 1)", SexpFault.OutOfDepth)]
    [InlineData("(define (f n) (case (f n) ((1) 2))) (f 1)", SexpFault.OutOfDepth)]
    [InlineData("((lambda (x) (or (x x) 1)) (lambda (x) (or (x x) 1)))", SexpFault.OutOfDepth)]
    [InlineData("(apply apply (fold (lambda (n l) (list apply l)) (list + '()) (iota 3000)))", SexpFault.OutOfDepth)]
    [InlineData("(let loop ((x '(1))) (loop (append x x)))", SexpFault.OutOfMemory)]
    [InlineData("(let loop ((x \"a\")) (loop (string-append x x)))", SexpFault.OutOfMemory)]
    [InlineData("(let loop ((x '())) (loop (list x x)))", SexpFault.OutOfMemory)]
    [InlineData("(let loop ((x '())) (loop (lambda () x)))", SexpFault.OutOfMemory)]
    [InlineData("(iota 100000000)", SexpFault.OutOfMemory)]
    [InlineData("(define x (let loop ((x '(1)) (n 0)) (if (= n 60) x (loop (list x x) (+ n 1))))) (define y (let loop ((x '(1)) (n 0)) (if (= n 60) x (loop (list x x) (+ n 1))))) (equal? x y)", SexpFault.OutOfSteps)]
    [InlineData("(define x (fold (lambda (n l) (list l)) '() (iota 2000))) (define y (fold (lambda (n l) (list l)) '() (iota 2000))) (equal? x y)", SexpFault.OutOfDepth)]
    [InlineData("(define s (let loop ((x \"aaaaaaaa\") (n 0)) (if (= n 19) x (loop (string-append x x) (+ n 1))))) (string-contains s (substring s 1000000))", SexpFault.OutOfSteps)]
    public Task A_program_without_end_ends_with_an_error_even_on_a_small_thread(string program, SexpFault fault) => Deadline.Within(() =>
    {
        SexpFault? found = null;
        var thread = new Thread(() =>
        {
            try
            {
                SexpProgram.Compile(program).Run();
            }
            catch (SexpException refused)
            {
                found = refused.Fault;
            }
        }, SmallStack);
        thread.Start();
        thread.Join();

        Assert.Equal(fault, found);
    });

    [Fact]
    public void A_value_that_shares_its_parts_is_not_written_out_without_end()
    {
        SexpValue value = SexpProgram.Compile("(let loop ((x '(1)) (n 0)) (if (= n 100) x (loop (list x x) (+ n 1))))").Run();

        Assert.Equal(SexpFault.TooLarge, Assert.Throws<SexpException>(() => value.ToDatum()).Fault);
        Assert.Equal(SexpFault.TooLarge, Assert.Throws<SexpException>(() => value.ToDatum(new SexpLimits { MaxDepth = 500 })).Fault);
    }

    [Fact]
    public void A_run_takes_the_same_steps_each_time_and_has_the_whole_budget_each_time()
    {
        SexpProgram program = SexpProgram.Compile("(define (f n) (if (= n 0) '() (cons n (f (- n 1))))) (length (f 50))");
        var measured = new SexpRunner(program);
        measured.Run();
        long steps = measured.StepsTaken;

        var enough = new SexpRunner(program, new SexpBudget { Steps = steps });
        for (int i = 0; i < 10; i++)
            Assert.Equal(50, enough.Run().Bits);
        var tooFew = new SexpRunner(program, new SexpBudget { Steps = steps - 1 });
        Assert.Equal(SexpFault.OutOfSteps, Assert.Throws<SexpException>(() => tooFew.Run()).Fault);
    }

    [Fact]
    public void A_runner_is_good_for_the_next_run_after_one_that_failed()
    {
        var runner = new SexpRunner(SexpProgram.Compile("(define (f n) (if (= n 0) 'done (+ 1 (f (- n 1))))) (if (< n 0) (f 100000) (f n))", ["n"]));

        Assert.Throws<SexpException>(() => runner.Run(-1));
        Assert.Equal("done", runner.Run(0).ToString());
    }

    [Fact]
    public void An_equation_that_runs_again_allocates_nothing()
    {
        var runner = new SexpRunner(SexpProgram.Compile("(let ((at (* 1024 host))) (if (< guest 512) (+ at guest) (- at (modulo guest 7))))", ["host", "guest"]));
        runner.Run(1, 2);
        runner.Run(1, 600);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1000; i++)
            runner.Run(i, i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("(lambda () ", ")", 98)]
    [InlineData("(let ((x ", ")) x)", 32)]
    [InlineData("(cond ((not ", ") 1))", 32)]
    [InlineData("(quasiquote ((unquote ", ")))", 32)]
    public Task The_deepest_programs_compile_on_a_small_thread(string open, string close, int times) => Deadline.Within(() =>
    {
        string program = string.Concat(Enumerable.Repeat(open, times)) + "1" + string.Concat(Enumerable.Repeat(close, times));
        SexpProgram? compiled = null;
        var thread = new Thread(() => compiled = SexpProgram.Compile(program), SmallStack);
        thread.Start();
        thread.Join();

        Assert.NotNull(compiled);
    });

    [Fact]
    public void Many_parts_take_many_steps()
    {
        // Else a long program could do much in each of its few steps.
        string parts = string.Concat(Enumerable.Repeat(" 1", 8000));
        foreach (string form in (string[])["begin", "and", "list", "+"])
        {
            var runner = new SexpRunner(SexpProgram.Compile($"({form}{parts})"));
            runner.Run();
            Assert.True(runner.StepsTaken >= 1000, form);
        }
    }

    [Fact]
    public void What_a_guest_says_cannot_write_on_a_terminal_by_way_of_an_error()
    {
        SexpException raised = Assert.Throws<SexpException>(() =>
            SexpProgram.Compile("(error \"bad:\" said)", ["said"]).Run(SexpValue.String("\u001b[2J" + new string('x', 900))));

        Assert.DoesNotContain(raised.Message, char.IsControl);
        Assert.InRange(raised.Message.Length, 10, 1000);
    }

    [Fact]
    public void Programs_that_nest_too_deep_or_have_too_many_variables_are_refused()
    {
        string nested = string.Concat(Enumerable.Repeat("(not ", 110)) + "1" + new string(')', 110);
        string wide = $"(let ({string.Concat(Enumerable.Range(0, 1001).Select(n => $"(x{n} 1)"))}) 1)";

        Assert.Equal(SexpFault.BadProgram, Assert.Throws<SexpException>(() => SexpProgram.Compile(nested)).Fault);
        Assert.Equal(SexpFault.BadProgram, Assert.Throws<SexpException>(() => SexpProgram.Compile(wide)).Fault);
    }
}
