namespace Megatux.Linux;

/// <summary>The steps by which a child gives up rights.</summary>
internal sealed unsafe class ConfinementSteps(StepList steps, ContainerSpec container)
{
    // include/uapi/linux/prctl.h.
    private const int DropFromBounds = 24, SetNoNewPrivileges = 38, Ambient = 47, ClearAllAmbient = 4;

    // include/uapi/linux/capability.h: _LINUX_CAPABILITY_VERSION_3, whose sets are two words of 32 bits each.
    private const uint Version = 0x20080522;
    private const int CapabilityCount = 64, WordBits = 32, WordsInSet = 3;

    internal void Add()
    {
        if (container.Capabilities is { } kept)
            Drop(kept);
        else
            BecomeUser();
        if (container.NoNewPrivileges)
            steps.Add("new privileges cannot be refused", null, SystemCalls.Prctl, SetNoNewPrivileges, 1, 0, 0, 0);
    }

    private void BecomeUser()
    {
        if (container.User is not { } user)
            return;
        steps.Add("groups cannot be left", null, SystemCalls.Setgroups, 0, 0);
        steps.Add("the group cannot be changed", $"{user}", SystemCalls.Setresgid, user, user, user);
        steps.Add("the user cannot be changed", $"{user}", SystemCalls.Setresuid, user, user, user);
    }

    private void Drop(IReadOnlySet<int> kept)
    {
        // A number that the kernel does not know is an error that does not matter; one that it may not drop leaves the
        // right in the bounds, but capset below has it fail then.
        uint* sets = (uint*)steps.Memory(2 * WordsInSet * sizeof(uint));
        for (int capability = 0; capability < CapabilityCount; capability++)
        {
            if (!kept.Contains(capability))
                steps.AddLenient(SystemCalls.Prctl, DropFromBounds, capability);
            else
                sets[capability / WordBits * WordsInSet] |= 1u << (capability % WordBits);
        }

        // Each word: effective, permitted, inheritable. What root executes has its bounds, so the sets only go down here.
        for (int word = 0; word < 2; word++)
            sets[(word * WordsInSet) + 1] = sets[word * WordsInSet];
        uint* header = (uint*)steps.Memory(2 * sizeof(uint));
        header[0] = Version;
        steps.AddLenient(SystemCalls.Prctl, Ambient, ClearAllAmbient, 0, 0, 0);

        // The bounds took a right that another user does not have.
        BecomeUser();
        steps.Add("capabilities cannot be dropped", null, SystemCalls.Capset, (nint)header, (nint)sets);
    }
}
