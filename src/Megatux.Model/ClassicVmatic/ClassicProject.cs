namespace Megatux.Model;

/// <summary>What each classic setting becomes in a project.</summary>
internal sealed partial class ClassicProject(Func<string, string> movePath)
{
    private const string LguestNote = "lguest left Linux in 4.14; User Mode Linux is its heir: a real kernel that needs no virtualization hardware.";
    private const string KvmNote = "QEMU uses KVM where that works, and emulates where it does not.";
    private const string XprocNote = "xproc takes BProc's place; it needs no kernel of its own.";

    private static readonly Dictionary<string, Action<ClassicProject, ClassicSetting>> Rules = new(StringComparer.Ordinal)
    {
        ["PHYSICAL_HOSTS"] = (project, setting) => project.Hosts(setting),
        ["VMS_PER_HOST"] = (project, setting) => project.Property("VmsPerHost", ClassicRead.Count(setting)),
        ["START_VM_NETWORK_AT"] = (project, setting) => project.Property("VmNetworkStart", ClassicRead.Address(setting)),
        ["VM_NETMASK"] = (project, setting) => project.Property("VmNetmask", ClassicRead.Address(setting)),
        ["VM_MEM"] = (project, setting) => project.Property("VmMemory", ClassicRead.Mebibytes(setting), "MiB a guest."),
        ["HOST_OVERLAY_DIR"] = (project, setting) => project.Folder("HostOverlay", setting),
        ["GUEST_OVERLAY_DIR"] = (project, setting) => project.Folder("GuestOverlay", setting),
        ["GUEST_INITRAMFS"] = (project, setting) => project.Path("GuestBase", setting),
        ["HOST_INITRAMFS"] = (project, setting) => project.Path("HostBase", setting),
        ["GUEST_KERNEL"] = (project, setting) => project.Path("GuestKernel", setting),
        ["KERNEL_NAME"] = (project, setting) => project.Kernel(setting),
        ["USE_MODULES"] = (project, setting) => project.Property("UseModules", ClassicRead.Truth(setting) ? "true" : "false"),
        ["INC_MODULES"] = (project, setting) => project.Modules(setting),
        ["INC_LGUEST"] = (project, setting) => project.Hypervisor(setting, "uml", LguestNote),
        ["INC_KVM"] = (project, setting) => project.Hypervisor(setting, "qemu", KvmNote),
        ["GUEST_IMAGE_DIR"] = (project, setting) => project.Path("GuestImageDir", setting),
        ["HOST_IMAGE_DIR"] = (project, setting) => project.Path("HostImageDir", setting),
        ["USE_BPROC"] = (project, setting) => project.Property("UseXproc", ClassicRead.Truth(setting) ? "true" : "false", XprocNote),
        ["OUTPUT_BPROC_CFG"] = (project, setting) => project.Path("XprocConfig", setting),
        ["BP_LISTEN_INTERFACE"] = (project, setting) => project.Property("XprocInterface", setting.Value),
        ["PATH_TO_TEMPLATE"] = (project, setting) => project.Path("TemplatePath", setting),
    };

    private readonly List<Line> _properties = [];
    private readonly List<Line> _items = [];
    private readonly List<string> _kept = [];
    private ClassicSetting? _hypervisor;

    /// <summary>The settings that have a place in a project.</summary>
    public static IReadOnlyCollection<string> Known => Rules.Keys;

    /// <summary>Takes a setting over; false for one that is not known. An empty value says nothing and is left out.</summary>
    public bool Take(ClassicSetting setting)
    {
        if (!Rules.TryGetValue(setting.Name, out Action<ClassicProject, ClassicSetting>? rule))
            return false;
        if (setting.Value.Length > 0)
            rule(this, setting);
        return true;
    }

    /// <summary>Keeps a setting as a comment.</summary>
    public void Keep(ClassicSetting setting) => _kept.Add($"Not taken over, line {setting.Where.Line}: {setting.Name}={setting.Value}");

    private void Property(string name, string value, string? note = null) => _properties.Add(new Line(name, value, note));

    private void Path(string name, ClassicSetting setting) => Property(name, movePath(setting.Value));

    private void Folder(string name, ClassicSetting setting) => _items.Add(new Line(name, movePath(setting.Value), null));

    private void Hosts(ClassicSetting setting)
    {
        string set = ClassicRead.WithoutBlanksAfterCommas(setting.Value);
        NodeSet.Parse(set, setting.Where);
        _items.Add(new Line("PhysicalHosts", set, null));
    }

    private void Kernel(ClassicSetting setting) =>
        Property("HostKernel", setting.Value.Contains('/', StringComparison.Ordinal) ? movePath(setting.Value) : setting.Value);

    private void Modules(ClassicSetting setting)
    {
        foreach (string module in setting.Value.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
            _items.Add(new Line("KernelModule", module, null));
    }

    private void Hypervisor(ClassicSetting setting, string name, string note)
    {
        if (!ClassicRead.Truth(setting))
            return;
        if (_hypervisor is { } other)
            throw new MegatuxException(ErrorCodes.ClassicContradiction,
                $"{setting.Name} and {other.Name} (line {other.Where.Line}) are both set, but an experiment has one hypervisor: keep one of them.", where: setting.Where);
        _hypervisor = setting;
        Property("Hypervisor", name, note);
    }

    /// <summary>A property or item to be written.</summary>
    private sealed record Line(string Name, string Value, string? Note);
}
