using Megatux.Linux;
using Megatux.Model;

namespace Megatux.Imaging.Tests;

public sealed class ContentDigestsTests : IDisposable
{
    private static readonly string OfText = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("text"u8));
    private static readonly string OfOther = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("abcd"u8));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_was_left_alone_is_not_read_again()
    {
        string file = _folder.Write("file", "text");
        Settle(file);
        Assert.Equal(OfText, Remembered(file));

        // Nobody but the file system could change contents and nothing else: the remembered digest shows that none were read.
        byte[] known = File.ReadAllBytes(_folder["digests"]);
        int at = known.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(OfText));
        known[at] = (byte)'_';
        File.WriteAllBytes(_folder["digests"], known);
        Assert.Equal("_" + OfText[1..], Load().OfFile(file));
    }

    [Fact]
    public void Other_contents_of_the_same_size_and_time_are_noticed()
    {
        string file = _folder.Write("file", "text");
        Settle(file);
        Remembered(file);
        FileStatus before = FileStatus.Read(file);
        Command.Run("sh", ["-c", "cp -p file stamp; printf abcd >file; touch -r stamp file"], _folder.Path).Succeeded();
        FileStatus after = FileStatus.Read(file);
        Assert.Equal((before.Size, before.MtimeNs, before.Inode), (after.Size, after.MtimeNs, after.Inode));
        Assert.Equal(OfOther, Load().OfFile(file));
    }

    [Fact]
    public void A_file_renamed_over_another_of_the_same_size_and_time_is_noticed()
    {
        string file = _folder.Write("file", "text");
        Settle(file);
        Remembered(file);
        Command.Run("sh", ["-c", "printf abcd >other; touch -r file other; mv other file"], _folder.Path).Succeeded();
        Assert.Equal(OfOther, Load().OfFile(file));
    }

    [Fact]
    public void A_file_that_changed_a_moment_ago_is_read_again_next_time()
    {
        // Two changes within a tick of the kernel's clock look the same: what was young when it was read is not trusted.
        string file = _folder.Write("file", "text");
        for (int round = 0; round < 200; round++)
        {
            File.WriteAllText(file, "text");
            ContentDigests digests = Load();
            Assert.Equal(OfText, digests.OfFile(file));
            File.WriteAllText(file, "abcd");
            digests.Save(_folder["digests"]);
            Assert.Equal(OfOther, Load().OfFile(file));
        }
    }

    [Fact]
    public void Only_what_was_asked_for_is_remembered()
    {
        string kept = _folder.Write("kept", "text"), dropped = _folder.Write("dropped", "text");
        ContentDigests digests = Load();
        digests.OfFile(kept);
        digests.OfFile(dropped);
        digests.Save(_folder["digests"]);
        digests = Load();
        digests.OfFile(kept);
        digests.Save(_folder["digests"]);
        string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder["digests"]));
        Assert.Contains(kept, text, StringComparison.Ordinal);
        Assert.DoesNotContain(dropped, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_memory_is_forgotten()
    {
        string file = _folder.Write("file", "text");
        Settle(file);
        Remembered(file);
        byte[] whole = File.ReadAllBytes(_folder["digests"]);
        for (int length = 0; length < whole.Length; length += 5)
        {
            File.WriteAllBytes(_folder["digests"], whole[..length]);
            Assert.Equal(OfText, Load().OfFile(file));
        }

        File.WriteAllBytes(_folder["digests"], [.. Enumerable.Repeat((byte)0xFF, 100)]);
        Assert.Equal(OfText, Load().OfFile(file));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_that_names_it()
    {
        MegatuxException error = Assert.Throws<MegatuxException>(() => Load().OfFile(_folder["absent"]));
        Assert.Equal(ErrorCodes.InputUnreadable, error.Problem.Code);
        Assert.Contains(_folder["absent"], error.Message, StringComparison.Ordinal);
    }

    private ContentDigests Load() => ContentDigests.Load(_folder["digests"]);

    private string Remembered(string file)
    {
        ContentDigests digests = Load();
        string digest = digests.OfFile(file);
        digests.Save(_folder["digests"]);
        return digest;
    }

    /// <summary>Waits until the file's change lies far enough back to be told from a later one.</summary>
    private static void Settle(string file) =>
        Assert.True(SpinWait.SpinUntil(() => !FileSignature.Of(file).IsTooYoung(FileSignature.NowNs()), TimeSpan.FromSeconds(30)));
}
