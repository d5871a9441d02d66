using Megatux.Model;

namespace Megatux.Tree.Tests;

public sealed class ExperimentKeyTests
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void A_key_is_made_once_for_its_owner_alone()
    {
        using var folder = new TempFolder();
        string path = folder["state/keys/laptop.pem"];
        using ExperimentKey made = ExperimentKey.LoadOrMake(path), again = ExperimentKey.LoadOrMake(path);

        Assert.Equal(made.Text, again.Text);
        Assert.Equal(OwnersFile, File.GetUnixFileMode(path));
        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["state/keys"]));
        Assert.Equal([path], Directory.GetFiles(folder["state/keys"]));
    }

    [Fact]
    public async Task Many_who_want_a_key_at_once_get_the_same()
    {
        using var folder = new TempFolder();
        string path = folder["keys/laptop.pem"];
        string[] texts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            using ExperimentKey key = ExperimentKey.LoadOrMake(path);
            return key.Text;
        })));

        Assert.Single(texts.Distinct());
        Assert.Single(Directory.GetFiles(folder["keys"]));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_may_use_is_refused(UnixFileMode others)
    {
        using var folder = new TempFolder();
        string path = folder["laptop.pem"];
        ExperimentKey.LoadOrMake(path).Dispose();
        File.SetUnixFileMode(path, OwnersFile | others);

        Problem problem = Assert.Throws<MegatuxException>(() => ExperimentKey.LoadOrMake(path)).Problem;
        Assert.Equal(ErrorCodes.KeyNotSecret, problem.Code);
        Assert.Contains($"chmod 600 {path}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_holds_no_key_or_a_part_of_one_or_two_halves_is_refused()
    {
        using var folder = new TempFolder();
        using ExperimentKey one = ExperimentKey.Make(), other = ExperimentKey.Make();
        int half = one.Text.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal);
        foreach (string text in (string[])["", "hello", one.Text[..half], one.Text[half..], one.Text[..^100], one.Text[..half] + other.Text[half..], new string('x', 1 << 20)])
        {
            string path = folder.Write("laptop.pem", text);
            File.SetUnixFileMode(path, OwnersFile);
            Problem problem = Assert.Throws<MegatuxException>(() => ExperimentKey.Load(path)).Problem;
            Assert.Equal(ErrorCodes.KeyInvalid, problem.Code);
            Assert.StartsWith(path, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_that_is_not_there_is_not_made_by_whoever_only_reads_it()
    {
        using var folder = new TempFolder();
        Assert.Equal(ErrorCodes.KeyMissing, Assert.Throws<MegatuxException>(() => ExperimentKey.Load(folder["none/laptop.pem"])).Problem.Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_that_says_why()
    {
        using var folder = new TempFolder();
        folder.Write("file", "");
        Assert.Equal(ErrorCodes.KeyUnusable, Assert.Throws<MegatuxException>(() => ExperimentKey.LoadOrMake(folder["file/keys/laptop.pem"])).Problem.Code);
    }

    [Fact]
    public void Keys_lie_in_the_users_state_folder()
    {
        string? before = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        try
        {
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", "/var/state");
            Assert.Equal("/var/state/megatux/keys/laptop.pem", ExperimentKey.PathOf("laptop"));
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", "relative");
            Assert.Equal($"{Environment.GetEnvironmentVariable("HOME")}/.local/state/megatux/keys/Odd_One.v2.pem", ExperimentKey.PathOf("Odd_One.v2"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", before);
        }
    }

    [Theory]
    [InlineData("../laptop")]
    [InlineData("a/b")]
    [InlineData("..")]
    public void A_name_that_leads_elsewhere_is_none(string name) => Assert.Throws<ArgumentException>(() => ExperimentKey.PathOf(name));
}
