namespace Megatux.Imaging;

/// <summary>What is in the built-in base besides busybox.</summary>
public static partial class BusyboxBase
{
    private const int TextMode = 0b110_100_100, ProgramMode = 0b111_101_101, LinkMode = 0b111_111_111;
    private const int FolderMode = 0b111_101_101, PrivateMode = 0b111_000_000, SharedMode = 0b1_111_111_111, KernelsMode = 0b101_101_101;
    private const int AnyoneMode = 0b110_110_110, OwnerMode = 0b110_000_000;

    // Daemons of before 2011 keep their process ids in /var/run.
    private const string RunLink = "var/run", RunLinkTarget = "../run";

    private static readonly (string Path, int Mode)[] Directories =
    [
        ("bin", FolderMode), ("dev", FolderMode), ("etc", FolderMode), ("lib", FolderMode), ("mnt", FolderMode),
        ("proc", KernelsMode), ("root", PrivateMode), ("run", FolderMode), ("sbin", FolderMode), ("sys", KernelsMode),
        ("tmp", SharedMode), ("usr", FolderMode), ("usr/bin", FolderMode), ("usr/lib", FolderMode), ("usr/sbin", FolderMode),
        ("usr/share", FolderMode), ("var", FolderMode), ("var/lib", FolderMode), ("var/log", FolderMode), ("var/tmp", SharedMode),
    ];

    // The kernel opens /dev/console for init before anything can mount devtmpfs: without the node init has no input
    // and output and dies without a word. The others are for programs that run before (or without) that mount.
    // Numbers: Documentation/admin-guide/devices.txt of Linux.
    private static readonly (string Path, int Mode, uint Major, uint Minor)[] Devices =
    [
        ("dev/console", OwnerMode, 5, 1), ("dev/kmsg", OwnerMode, 1, 11), ("dev/null", AnyoneMode, 1, 3),
        ("dev/ptmx", AnyoneMode, 5, 2), ("dev/random", AnyoneMode, 1, 8), ("dev/tty", AnyoneMode, 5, 0),
        ("dev/ttyS0", OwnerMode, 4, 64), ("dev/urandom", AnyoneMode, 1, 9), ("dev/zero", AnyoneMode, 1, 5),
    ];

    // The password "x" without a shadow file lets nobody log in by password; the console's shell asks for none.
    private static readonly (string Path, string Text)[] Files =
    [
        ("etc/group", "root:x:0:\ndaemon:x:1:\ntty:x:5:\nnogroup:x:65534:\n"),
        ("etc/hosts", "127.0.0.1\tlocalhost\n::1\tlocalhost\n"),
        ("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\nnetworks: files\nprotocols: files\nservices: files\n"),
        ("etc/passwd", "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n"),
        ("etc/profile", "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nexport PS1='\\h:\\w\\$ '\n"),
    ];
}
