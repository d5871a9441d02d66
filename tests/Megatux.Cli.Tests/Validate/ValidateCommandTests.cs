using Megatux.Model;

namespace Megatux.Cli.Tests;

/// <summary>What is wrong with a command line is told before anything is checked.</summary>
public sealed class ValidateCommandTests
{
    [Theory]
    [InlineData("--wait", "-1", "0 to 86400")]
    [InlineData("--wait", "NaN", "0 to 86400")]
    [InlineData("--junit", "/nowhere/report.xml", "a folder that is there")]
    [InlineData("--trx", "/tmp", "expected a file")]
    public void An_option_that_cannot_be_is_refused(string option, string value, string expected)
    {
        CommandResult refused = MegatuxProgram.Run("validate", "some", option, value);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(ErrorCodes.ValidationOption, refused.Error, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_reports_need_two_files()
    {
        using var folder = new TempFolder();
        CommandResult refused = MegatuxProgram.Run("validate", "some", "--junit", folder["report.xml"], "--trx", folder["report.xml"]);
        Assert.Contains("name two", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["report.xml"]));
    }

    [Fact]
    public void An_experiment_that_there_is_not_is_an_error_and_no_failed_check()
    {
        CommandResult refused = MegatuxProgram.Run("validate", "/nowhere/at/all.megatux");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(ErrorCodes.ManifestMissing, refused.Error, StringComparison.Ordinal);
    }
}
