using System.Text;

namespace Megatux.Imaging.Tests;

public sealed class PathTextTests
{
    [Fact]
    public void Any_bytes_become_text_and_the_same_bytes_again()
    {
        var random = new Random(1);
        byte[] text = Encoding.UTF8.GetBytes("caf\u00e9 \u2603 \U0001F427 plain");
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = [.. text];
            for (int times = random.Next(8); times > 0; times--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(1, 256);
            Assert.Equal(bytes, PathText.Encode(PathText.Decode(bytes)));
        }
    }
}
