namespace Megatux.Linux.Tests;

public sealed class MachineMemoryTests
{
    [Fact]
    public void The_kernels_words_are_read_and_what_it_does_not_say_is_0()
    {
        Assert.Equal(new MachineMemory(24105, 22756), MachineMemory.Parse(
            ["MemTotal:       24683520 kB", "MemFree:        22902784 kB", "MemAvailable:   23302144 kB", "HugePages_Total:       0"]));
        Assert.Equal(default, MachineMemory.Parse([]));
    }

    [Fact]
    public void This_machine_has_memory()
    {
        var memory = MachineMemory.Read();
        Assert.InRange(memory.AvailableMiB, 1, memory.TotalMiB);
    }
}
