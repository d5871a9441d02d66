using Megatux.Linux;

namespace Megatux.Hypervisors;

/// <summary>What /proc/PID/smaps says of a process's memory.</summary>
internal static class MappedMemory
{
    private const long BytesInKibibyte = 1 << 10;
    private const string Resident = "Rss:", Anonymous = "Anonymous:";

    /// <summary>
    /// Bytes that would be free without the process: pages that are no file's, and those that it shares on purpose, as the
    /// memory of a UML is a file that its processes share. Not those of programs, even where these lie in memory.
    /// </summary>
    internal static long Own(string facts)
    {
        long kibibytes = 0;
        bool isShared = false;
        foreach (ReadOnlySpan<char> line in facts.AsSpan().EnumerateLines())
        {
            // proc(5): a mapping begins with "60027000-606a6000 rwxs ...", and facts about it follow, each with a name.
            int blank = line.IndexOf(' ');
            if (blank > 0 && line[blank - 1] != ':')
                isShared = line.Length > blank + 4 && line[blank + 4] == 's';
            else
                kibibytes += KernelFact.TryReadKibibytes(line, isShared ? Resident : Anonymous) ?? 0;
        }

        return kibibytes * BytesInKibibyte;
    }
}
