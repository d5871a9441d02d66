namespace Megatux.Hypervisors.Tests;

public sealed class MappedMemoryTests
{
    private const string Program = """
        00400000-00600000 r-xp 00000000 fe:00 247629                             /megatux/guest/linux-guest
        Size:               2048 kB
        KernelPageSize:        4 kB
        Rss:                1500 kB
        Pss:                  15 kB
        Shared_Clean:       1500 kB
        Anonymous:             0 kB
        AnonHugePages:         0 kB
        THPeligible:           0
        VmFlags: rd ex mr mw me

        """;

    private const string Changed = """
        00600000-00700000 rw-p 00200000 fe:00 247629                             /megatux/guest/linux-guest
        Size:               1024 kB
        Rss:                 900 kB
        Anonymous:            70 kB
        VmFlags: rd wr mr mw me ac
        7f2c00000000-7f2c00021000 rw-p 00000000 00:00 0
        Size:                132 kB
        Rss:                   8 kB
        Anonymous:             8 kB
        VmFlags: rd wr mr mw me nr

        """;

    private const string Memory = """
        60027000-62000000 rwxs 00027000 00:1a 5                                  /dev/shm/vm_file-x (deleted)
        Size:              32612 kB
        Rss:               12000 kB
        Shared_Dirty:      12000 kB
        Anonymous:             0 kB
        VmFlags: rd wr ex sh mr mw me ms

        """;

    [Theory]
    [InlineData("", 0)]
    [InlineData(Program, 0)]
    [InlineData(Changed, 78)]
    [InlineData(Memory, 12000)]
    [InlineData(Program + Changed + Memory + Program + Changed, 12156)]
    public void Pages_of_programs_do_not_count_but_what_was_changed_and_shared_memory_do(string facts, long kibibytes) =>
        Assert.Equal(kibibytes << 10, MappedMemory.Own(facts));

    [Fact]
    public void The_kernels_own_words_about_a_process_that_has_memory_are_read()
    {
        byte[] memory = new byte[32 << 20];
        Array.Fill(memory, (byte)1);
        Assert.InRange(MappedMemory.Own(File.ReadAllText("/proc/self/smaps")), memory.Length, long.MaxValue);
        GC.KeepAlive(memory);
    }

    [Fact]
    public void A_file_whose_name_looks_like_a_fact_changes_nothing() => Assert.Equal(0, MappedMemory.Own(
        "7f2c00000000-7f2c00021000 r--p 00000000 fe:00 7          /tmp/x\\012Anonymous:  5 kB\nRss:   8 kB\nAnonymous:    0 kB\n"));
}
