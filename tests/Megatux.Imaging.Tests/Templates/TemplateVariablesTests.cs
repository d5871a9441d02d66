using System.Globalization;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class TemplateVariablesTests
{
    [Fact]
    public void The_description_holds_every_value_in_the_order_of_setting()
    {
        TemplateVariables variables = new TemplateVariables().Set("b", "x\"<é").Set("hosts.count", 985).Set("a", true)
            .Set("hosts.ranges", [new TemplateVariables().Set("prefix", "h"), new TemplateVariables()]).Set("list", ["1", "2"]);
        Assert.Equal("""{"b":"x\"<é","hosts":{"count":"985","ranges":[{"prefix":"h"},{}]},"a":"true","list":["1","2"]}""", variables.Describe());
    }

    [Fact]
    public void A_description_can_be_confined_to_some_names()
    {
        TemplateVariables variables = new TemplateVariables().Set("a.b", "1").Set("c.a", "2").Set("d", "3");
        Assert.Equal("""{"a":{"b":"1"},"d":"3"}""", variables.Describe(new HashSet<string> { "a", "d", "unused" }));
        Assert.Equal("{}", variables.Describe(new HashSet<string>()));
    }

    [Fact]
    public void No_two_different_sets_of_variables_have_one_description()
    {
        string[] descriptions =
        [
            new TemplateVariables().Set("a", "b").Describe(),
            new TemplateVariables().Set("a", ["b"]).Describe(),
            new TemplateVariables().Set("a.b", "").Describe(),
            new TemplateVariables().Set("a", "\",\"b\":\"").Describe(),
            new TemplateVariables().Set("a", "").Set("b", "").Describe(),
            new TemplateVariables().Set("b", "").Set("a", "").Describe(),
        ];
        Assert.Equal(descriptions.Length, descriptions.Distinct().Count());
    }

    [Fact]
    public void Numbers_look_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "minus", NumberGroupSeparator = "." } };
            Assert.Equal("""{"n":"-1008640"}""", new TemplateVariables().Set("n", -1008640).Describe());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("1a")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("hosts.each")]
    [InlineData("if")]
    [InlineData("a}}")]
    [InlineData("a\n")]
    public void A_name_that_no_template_could_write_is_an_error(string name)
    {
        var error = Assert.Throws<MegatuxException>(() => new TemplateVariables().Set(name, "x"));
        Assert.Equal(ErrorCodes.TemplateVariableName, error.Problem.Code);
        Assert.Equal($"TemplateVariable:{name}", error.Problem.Subject);
    }

    [Theory]
    [InlineData("hosts", "hosts")]
    [InlineData("hosts.count", "hosts")]
    [InlineData("hosts", "hosts.count")]
    [InlineData("hosts.count", "hosts.count")]
    public void A_name_that_is_taken_is_an_error(string first, string second)
    {
        TemplateVariables variables = new TemplateVariables().Set(first, "1");
        var error = Assert.Throws<MegatuxException>(() => variables.Set(second, "2"));
        Assert.Equal(ErrorCodes.TemplateVariableName, error.Problem.Code);
    }
}
