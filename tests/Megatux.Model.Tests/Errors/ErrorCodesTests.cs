using System.Reflection;
using System.Text.RegularExpressions;

namespace Megatux.Model.Tests;

public sealed partial class ErrorCodesTests
{
    private static readonly string[] Codes =
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)];

    [Fact]
    public void A_code_has_one_meaning() => Assert.Equal(Codes.Length, Codes.Distinct().Count());

    [Fact]
    public void Every_code_is_MTX_and_four_digits() => Assert.All(Codes, code => Assert.Matches("^MTX[0-9]{4}$", code));

    [Fact]
    public void The_documentation_lists_every_code_and_no_other()
    {
        IEnumerable<string> listed = ListedCode().Matches(File.ReadAllText(Repository.At("docs/errors.md"))).Select(match => match.Groups[1].Value);

        Assert.Equal(Codes.Order(StringComparer.Ordinal), listed);
    }

    [GeneratedRegex(@"^\| (MTX\d{4}) \|", RegexOptions.Multiline)]
    private static partial Regex ListedCode();
}
