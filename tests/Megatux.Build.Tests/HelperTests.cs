using System.Security.Cryptography;
using Megatux.Building;

namespace Megatux.Build.Tests;

public sealed class HelperTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fingerprint_changes_with_contents_names_and_deletions_but_not_with_times_or_outputs()
    {
        string file = _folder.Write("src/a/one.cs", "one");
        _folder.Write("src/two.cs", "two");
        _folder.Write("global.json", "{}");
        string first = Now();

        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        _folder.Write("src/a/bin/x.dll", "x");
        _folder.Write("src/a/obj/x.json", "x");
        Assert.Equal(first, Now());

        List<string> seen = [first];
        foreach (Action change in (Action[])
        [
            () => File.WriteAllText(file, "eno"), () => File.Move(file, _folder["src/a/three.cs"]),
            () => File.Delete(_folder["src/a/three.cs"]), () => File.Delete(_folder["global.json"]),
        ])
        {
            change();
            Assert.DoesNotContain(Now(), seen);
            seen.Add(Now());
        }

        string Now() => Fingerprint.Of(_folder.Path, ["src", "global.json", "missing"]);
    }

    [Fact]
    public void Only_a_copy_that_was_unpacked_from_other_bytes_is_stale()
    {
        string package = _folder.Write("packages/Megatux.Sdk.0.1.0-beta.2.nupkg", "new");
        string store = _folder["nuget"];
        Assert.Null(UnpackedCopy.StaleFor(package, store));

        string digest = _folder.Write("nuget/megatux.sdk/0.1.0-beta.2/megatux.sdk.0.1.0-beta.2.nupkg.sha512", "old");
        Assert.Equal(_folder["nuget/megatux.sdk/0.1.0-beta.2"], UnpackedCopy.StaleFor(package, store));
        File.WriteAllText(digest, Convert.ToBase64String(SHA512.HashData("new"u8)));
        Assert.Null(UnpackedCopy.StaleFor(package, store));
        File.Delete(digest);
        Assert.NotNull(UnpackedCopy.StaleFor(package, store));
    }

    [Fact]
    public void An_experiment_is_chosen_by_its_name_and_an_unknown_one_gives_the_nearest()
    {
        string[] all = ["hyperion", "hyperion-mini", "laptop"];
        Assert.Equal(all, ExperimentChoice.Of(all, null));
        Assert.Equal(["hyperion"], ExperimentChoice.Of(all, "hyperion"));
        Assert.Equal("there is no experiment 'hyperion-mimi'; did you mean 'hyperion-mini'? there are hyperion, hyperion-mini, laptop",
            Assert.Throws<BuildFailure>(() => ExperimentChoice.Of(all, "hyperion-mimi")).Message);
    }

    [Theory]
    [InlineData(null, "Megatux.A.Tests Megatux.B.Tests", null)]
    [InlineData("megatux.b", "Megatux.B.Tests", null)]
    [InlineData("Some_behaviour", "Megatux.A.Tests Megatux.B.Tests", "*Some_behaviour*")]
    [InlineData("*ends_so", "Megatux.A.Tests Megatux.B.Tests", "*ends_so*")]
    public void A_filter_means_projects_where_it_names_some_and_tests_otherwise(string? filter, string projects, string? method)
    {
        foreach (string name in (string[])["Megatux.A.Tests", "Megatux.B.Tests", "Megatux.Benchmarks"])
            _folder.Write($"tests/{name}/{name}.csproj", "");
        _folder.Write("tests/Megatux.Left.Tests/obj/left-over", "");
        TestSelection selection = TestSelection.Of(_folder["tests"], filter);
        Assert.Equal(projects, string.Join(' ', selection.Projects));
        Assert.Equal(method, selection.Method);
    }
}
