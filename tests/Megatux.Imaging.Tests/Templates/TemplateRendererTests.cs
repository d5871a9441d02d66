using System.Globalization;
using System.Text;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class TemplateRendererTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static TemplateVariables Variables => new TemplateVariables()
        .Set("name", "lap<&>\"top")
        .Set("experiment.name", "laptop")
        .Set("hosts.count", 2)
        .Set("hosts.ranges", [new TemplateVariables().Set("prefix", "h").Set("first", 1), new TemplateVariables().Set("prefix", "g").Set("first", 7)])
        .Set("dns", ["a", "b"])
        .Set("xproc.enabled", true)
        .Set("debug", false)
        .Set("empty", "");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{{name}}", "lap<&>\"top")]
    [InlineData("${net0/mac} ${base-url}/{{experiment.name}}", "${net0/mac} ${base-url}/laptop")]
    [InlineData("a\r\n{{name}}\r\nb\n", "a\r\nlap<&>\"top\r\nb\n")]
    [InlineData("no end of line", "no end of line")]
    [InlineData("{{xproc.enabled}} {{debug}}", "true false")]
    [InlineData("{{#if xproc.enabled}}on{{else}}off{{/if}} {{#if debug}}on{{else}}off{{/if}} {{#if empty}}on{{else}}off{{/if}}", "on off off")]
    [InlineData("{{#each hosts.ranges}}\n{{prefix}}{{first}} of {{@root.hosts.count}}\n{{/each}}\n", "h1 of 2\ng7 of 2\n")]
    [InlineData("{{#each hosts.ranges as |r|}}{{r.prefix}}{{#unless @last}},{{/unless}}{{/each}}", "h,g")]
    [InlineData("{{#each dns}}{{this}};{{/each}}", "a;b;")]
    [InlineData("{{#if (eq experiment.name 'laptop')}}y{{/if}}{{#if (eq debug true)}}n{{/if}}{{#if (eq debug 'false')}}y{{/if}}{{#if (eq hosts.count 2)}}y{{/if}}", "yyy")]
    [InlineData("{{!-- {{undefined_here}} --}}x{{! note }}", "x")]
    [InlineData("\\{{name}}", "{{name}}")]
    [InlineData("printf '%s\\n' \"\\$x\" é", "printf '%s\\n' \"\\$x\" é")]
    public void A_template_renders(string template, string expected) => Assert.Equal(expected, Render(template));

    [Fact]
    public void The_output_has_no_byte_order_mark_even_if_the_template_has_one()
    {
        string path = _folder.Write("t.hbs", [0xEF, 0xBB, 0xBF, .. "é\n"u8]);
        Assert.Equal("é\n"u8.ToArray(), new TemplateRenderer().Render(path, Variables));
    }

    [Fact]
    public void Partials_come_from_the_folder_beside_the_template()
    {
        _folder.Write("partials/inner.hbs", "in {{experiment.name}}\n");
        _folder.Write("partials/outer.hbs", "out\n{{> inner}}\n");
        Assert.Equal("a\nout\nin laptop\nb\n", Render("a\n{{> outer}}\nb\n"));
    }

    [Fact]
    public void The_culture_of_the_machine_does_not_show()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "minus" } };
            Assert.Equal("0 1 ", Render("{{#each dns}}{{@index}} {{/each}}"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("ok\n  {{experimnt.name}}\n", 2, 3, "'experiment'")]
    [InlineData("{{experiment.name}}\n\n{{experiment.nmae}}", 3, 1, "'experiment.name'")]
    [InlineData("{{#if hosts.cuont}}x{{/if}}", 1, 1, "'hosts.count'")]
    [InlineData("{{#each hosts.ranges}}\n{{prefix}}\n{{/each}}\n{{prefix}}", 4, 1, "prefix")]
    [InlineData("{{prefix_x}}{{#each hosts.ranges}}\n {{prefx}}\n{{/each}}", 1, 1, "prefix_x")]
    [InlineData("{{#each hosts.ranges}}\n {{prefx}}\n{{/each}}", 2, 2, "'prefix'")]
    [InlineData("{{#each hosts.ranges}}{{#if first}}\n{{../hosts.coun}}\n{{/if}}{{/each}}", 2, 1, "'../hosts.count'")]
    [InlineData("{{#with hosts}}{{count}}{{/with}}\n{{count}}", 2, 1, "count")]
    [InlineData("{{!-- {{nope}} --}}\n{{!nope}}{{nope}}", 2, 10, "known here: name, experiment")]
    [InlineData("{{gt name 'x'}}", 1, 1, "'gt'")]
    [InlineData("\n{{#if (eq hosts.cout 'x')}}{{/if}}", 2, 1, "'hosts.count'")]
    [InlineData("a{{lookup experiment 'zz'}}", 0, 0, "'zz'")]
    public void An_undefined_variable_is_an_error_at_its_tag_with_the_nearest_name(string template, int line, int column, string advice)
    {
        Problem problem = Failing(template);
        Assert.Equal(ErrorCodes.TemplateVariableUndefined, problem.Code);
        Assert.Equal(new SourceLocation(_folder["t.hbs"], line, column), problem.Where);
        Assert.Contains(advice, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_undefined_variable_of_a_partial_is_an_error_of_the_partials_file()
    {
        _folder.Write("partials/inner.hbs", "\n{{nam}}\n");
        _folder.Write("partials/outer.hbs", "{{> inner}}\n");
        Problem problem = Failing("{{> outer}}");
        Assert.Equal(ErrorCodes.TemplateVariableUndefined, problem.Code);
        Assert.Equal(new SourceLocation(_folder["partials/inner.hbs"], 2, 1), problem.Where);
        Assert.Contains("'name'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n{{#if name}}\nb", 2, "never closed")]
    [InlineData("a\nb{{/if}}", 2, "never opened")]
    [InlineData("{{#if name}}\n{{#each dns}}\n{{/if}}\n{{/each}}", 3, "expected {{/each}}")]
    [InlineData("a\n\n{{name", 3, "before the expression was closed")]
    [InlineData("a\n{{}}", 2, "unparseable")]
    [InlineData("a\n{{#if}}x{{/if}}", 2, "malformed")]
    [InlineData("a\n{{!-- never", 2, "comment")]
    public void A_malformed_template_is_an_error_of_its_line(string template, int line, string what)
    {
        Problem problem = Failing(template);
        Assert.Equal(ErrorCodes.TemplateSyntax, problem.Code);
        Assert.Equal(_folder["t.hbs"], problem.Where?.File);
        Assert.Equal(line, problem.Where?.Line);
        Assert.Contains(what, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void A_malformed_partial_is_an_error_of_its_own_file()
    {
        _folder.Write("partials/bad.hbs", "\n\n{{#if name}}");
        Assert.Equal(new SourceLocation(_folder["partials/bad.hbs"], 3, 1), Failing("{{> bad}}").Where);
    }

    [Fact]
    public void A_missing_partial_is_an_error_with_the_nearest_file()
    {
        _folder.Write("partials/inner.hbs", "x");
        Problem problem = Failing("a\n {{> iner}}");
        Assert.Equal(ErrorCodes.TemplatePartialMissing, problem.Code);
        Assert.Equal(new SourceLocation(_folder["t.hbs"], 2, 2), problem.Where);
        Assert.Contains("'inner'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partial_that_includes_itself_without_end_is_an_error()
    {
        _folder.Write("partials/again.hbs", "{{> again}}");
        Problem problem = Failing("{{> again}}");
        Assert.Equal(ErrorCodes.TemplateFailed, problem.Code);
        Assert.Contains("recursion", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n{{hosts.ranges}}", 2, "a list")]
    [InlineData("{{experiment.name}}\n {{experiment}}", 2, "a group")]
    public void A_group_where_a_text_belongs_is_an_error(string template, int line, string what)
    {
        Problem problem = Failing(template);
        Assert.Equal(ErrorCodes.TemplateValueNotText, problem.Code);
        Assert.Equal(line, problem.Where?.Line);
        Assert.Contains(what, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_cannot_be_read_is_an_error()
    {
        var missing = Assert.Throws<MegatuxException>(() => new TemplateRenderer().Render(_folder["none.hbs"], Variables));
        Assert.Equal(ErrorCodes.TemplateUnreadable, missing.Problem.Code);
        string latin = _folder.Write("latin.hbs", [0x61, 0xE9, 0x62]);
        var garbled = Assert.Throws<MegatuxException>(() => new TemplateRenderer().Render(latin, Variables));
        Assert.Equal(ErrorCodes.TemplateUnreadable, garbled.Problem.Code);
        Assert.Contains("UTF-8", garbled.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.sbn", "the package Scriban")]
    [InlineData("x.txt", "'.txt': expected one of .hbs")]
    public void A_language_that_this_build_lacks_is_an_error_that_says_what_is_missing(string name, string what)
    {
        string path = _folder.Write(name, "");
        var error = Assert.Throws<MegatuxException>(() => new TemplateRenderer().Render(path, Variables));
        Assert.Equal(ErrorCodes.TemplateEngineMissing, error.Problem.Code);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_language_plugs_in_by_its_extension()
    {
        string path = _folder.Write("x.sbn", "");
        Assert.Equal("other"u8.ToArray(), new TemplateRenderer(new OtherEngine()).Render(path, Variables));
    }

    [Fact]
    public void The_inputs_of_a_template_are_its_files_and_the_names_that_they_use()
    {
        string partial = _folder.Write("partials/used.hbs", "{{dns.[0]}} {{@root.debug}}");
        _folder.Write("partials/unused.hbs", "{{empty}}");
        string path = _folder.Write("t.hbs", "{{#each hosts.ranges as |r|}}{{prefix}}{{/each}}{{> used}}");
        TemplateInputs inputs = new TemplateRenderer().Inputs(path);
        Assert.Equal([path, partial], inputs.Files);
        Assert.Superset(new HashSet<string> { "hosts", "dns", "debug" }, inputs.Names!.ToHashSet());
        Assert.DoesNotContain("empty", inputs.Names!);
        Assert.DoesNotContain("name", inputs.Names!);
    }

    [Theory]
    [InlineData("{{#each this}}{{/each}}")]
    [InlineData("{{#each .}}{{/each}}")]
    [InlineData("{{lookup @root 'name'}}")]
    public void A_template_that_looks_at_everything_depends_on_everything(string template) =>
        Assert.Null(new TemplateRenderer().Inputs(_folder.Write("t.hbs", template)).Names);

    [Fact]
    public void Threads_share_a_renderer()
    {
        _folder.Write("partials/p.hbs", "{{experiment.name}}");
        string path = _folder.Write("t.hbs", "{{number}} {{> p}} {{#each dns}}{{this}}{{/each}}");
        var renderer = new TemplateRenderer();
        Parallel.For(0, 2000, index => Assert.Equal($"{index} laptop ab",
            Encoding.UTF8.GetString(renderer.Render(path, Variables.Set("number", index)))));
    }

    [Fact]
    public void Mutated_templates_render_or_fail_with_a_code()
    {
        _folder.Write("partials/p.hbs", "{{name}}");
        const string Seed = "a {{name}} {{#each hosts.ranges as |r|}}{{r.prefix}}\n{{../name}}{{else}}-{{/each}}{{> p}}{{#if debug}}\\{{x}}{{/if}}{{lookup dns 0}}";
        const string Pieces = "{}#/>|.\"' \n~!^&*@[]()=\\aname";
        var random = new Random(20100501);
        for (int round = 0; round < 400; round++)
        {
            var text = new StringBuilder(Seed);
            for (int change = random.Next(1, 5); change > 0; change--)
                if (random.Next(2) == 0)
                    text[random.Next(text.Length)] = Pieces[random.Next(Pieces.Length)];
                else
                    text.Insert(random.Next(text.Length), Pieces[random.Next(Pieces.Length)]);
            try
            {
                Render(text.ToString());
            }
            catch (MegatuxException error)
            {
                Assert.StartsWith("MTX27", error.Problem.Code, StringComparison.Ordinal);
            }
        }
    }

    private string Render(string template) =>
        Encoding.UTF8.GetString(new TemplateRenderer().Render(_folder.Write("t.hbs", template), Variables));

    private Problem Failing(string template) => Assert.Throws<MegatuxException>(() => Render(template)).Problem;

    private sealed class OtherEngine : ITemplateEngine
    {
        public string Extension => ".sbn";

        public string Render(string path, TemplateVariables variables) => "other";

        public TemplateInputs Inputs(string path) => new([path], null);
    }
}
