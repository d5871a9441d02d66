using System.CommandLine;
using Megatux.Benchmarks;

var rows = new Option<string[]>("--row")
{
    Description = "Run only the rows with this in their names; may be given several times.",
    HelpName = "NAME",
};
var list = new Option<bool>("--list") { Description = "List the rows and run none." };
var markdown = new Option<string?>("--markdown") { Description = "Write the figures to a file as a Markdown table, too.", HelpName = "FILE" };
var plots = new Option<string?>("--plots") { Description = "Write the plots of rows into a folder, as SVG.", HelpName = "DIR" };
var command = new RootCommand("""
    Measure Megatux against other programs, side by side.
    Every figure is a ratio against a peer measured in the same run, in turns. The exit code is 1 when a row could not be
    measured; an aim that falls short is printed and is no failure.
    """)
{
    rows,
    list,
    markdown,
    plots,
    PackVerb.Create(),
    SimulateVerb.Create(),
    PushVerb.Create(),
};
command.SetAction(result =>
{
    if (!result.GetValue(list))
        return Bench.Run(result.GetValue(rows) ?? [], result.GetValue(markdown), result.GetValue(plots));
    foreach (Row row in Row.All)
        Console.WriteLine($"{row.Name,-16} {row.About}");
    return 0;
});
return command.Parse(args).Invoke();
