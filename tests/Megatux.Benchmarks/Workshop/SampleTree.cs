using System.Text;

namespace Megatux.Benchmarks;

/// <summary>
/// Writes a tree like an image's: programs and libraries (this machine's own), text in many small files and a few large
/// ones, and data that does not compress. The same on every run on the same machine.
/// </summary>
internal sealed class SampleTree(string folder)
{
    internal const long Length = 100_000_000;

    private const long ProgramsLength = 42_000_000, NoiseLength = 18_000_000;
    private const int LargeLength = 8_000_000, MostProgramLength = 20_000_000, LargeProgramLength = 5_000_000;
    private const int LeastSmallLength = 200, MostSmallLength = 60_000, FilesInFolder = 40;
    private const int Words = 4000, Seed = 20260101;

    private readonly Random _random = new(Seed);
    private int _files;

    internal void Write()
    {
        Directory.CreateDirectory(folder);
        long left = Length - CopyPrograms();
        long noise = Math.Min(left, NoiseLength);
        left -= noise;
        noise -= Add("data", LargeLength, Noise);
        while (noise > 0)
            noise -= Add("data", (int)Math.Min(noise, SmallLength()), Noise);

        string[] words = [.. Enumerable.Range(0, Words).Select(_ => Word())];
        left -= Add("text", LargeLength, length => Text(words, length));
        while (left > 0)
            left -= Add("text", (int)Math.Min(left, SmallLength()), length => Text(words, length));
        File.CreateSymbolicLink(Path.Combine(folder, "current"), "text");
    }

    private long CopyPrograms()
    {
        string target = Directory.CreateDirectory(Path.Combine(folder, "lib")).FullName;
        FileInfo[] found = [.. Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu")
            .SelectMany(place => new DirectoryInfo(place).EnumerateFiles("*.so*"))
            .Where(file => file.LinkTarget is null && file.Length <= MostProgramLength)
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
        _random.Shuffle(found);

        // One large one first; the shuffled rest is small for the most part.
        long copied = 0;
        foreach (FileInfo file in found.Where(IsLarge).Take(1).Concat(found.Where(file => !IsLarge(file))))
        {
            if (copied + file.Length > ProgramsLength)
                continue;
            file.CopyTo(Path.Combine(target, file.Name), overwrite: true);
            copied += file.Length;
        }

        return copied;
    }

    private static bool IsLarge(FileInfo file) => file.Length >= LargeProgramLength;

    // Small files are far more common than middling ones.
    private int SmallLength() => LeastSmallLength + (int)((MostSmallLength - LeastSmallLength) * Math.Pow(_random.NextDouble(), 3));

    private int Add(string kind, int length, Func<int, byte[]> make)
    {
        int number = _files++;
        string place = Directory.CreateDirectory(Path.Combine(folder, kind, $"d{number / FilesInFolder}")).FullName;
        File.WriteAllBytes(Path.Combine(place, $"f{number}"), make(length));
        return length;
    }

    private byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Words of which few are common and many rare, as in any language; compresses to about a third.</summary>
    private byte[] Text(string[] words, int length)
    {
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
            text.Append(words[(int)(words.Length * Math.Pow(_random.NextDouble(), 3))]).Append(_random.Next(12) == 0 ? '\n' : ' ');
        text.Length = length;
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private string Word() => string.Create(_random.Next(2, 11), _random, static (letters, random) =>
    {
        foreach (ref char letter in letters)
            letter = "etaoinshrdlucmfwypvbgkjqxz"[(int)(26 * Math.Pow(random.NextDouble(), 2))];
    });
}
