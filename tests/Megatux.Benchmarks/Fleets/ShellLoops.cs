namespace Megatux.Benchmarks;

/// <summary>
/// The scripts that a person would write. $1 is an empty folder, $2 how many machines there are, the rest as below. The ports
/// of their bridges are as silent as ours: a thousand that announce themselves to each other would take minutes.
/// </summary>
internal static class ShellLoops
{
    private const string Bridge = """
        echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
        ip link add br0 type bridge
        ip link set br0 up

        """;

    /// <summary>
    /// Guests under UML, all at once; one that dies, as some do that boot with too many others, is started again. $3 is the
    /// kernel, $4 the image, $5 a file with index and MAC of each in a line, $6 the memory, the rest words for the kernel.
    /// </summary>
    internal const string Uml = Bridge + """
        folder=$1 count=$2 kernel=$3 image=$4 guests=$5 memory=$6
        shift 6
        ulimit -c 0
        while read -r index mac; do
            ip tuntap add tap$index mode tap
            ip link set tap$index master br0 up
            while :; do
                TMPDIR=/dev/shm setarch -R "$kernel" mem=$memory initrd="$image" root=/dev/ram0 rdinit=/init con=null con0=null,fd:1 \
                    vec0:transport=tap,ifname=tap$index,mac=$mac,depth=64 megatux.interface=vec0 megatux.index=$index \
                    uml_dir="$folder" umid=u$index "$@" >>"$folder/$index.log" || true
                echo $index >>"$folder/died"
            done >/dev/null 2>&1 </dev/null &
        done <"$guests"
        up() { { grep -l 'is up' "$folder"/*.log || true; } | wc -l; }
        while [ "$(up)" -lt "$count" ]; do sleep 0.1; done
        [ ! -e "$folder/died" ] || echo "$(wc -l <"$folder/died") died in the loop and were started again"
        up
        read -r _ || true
        """;

    /// <summary>Containers: $3 is the root of all, over which each has a layer of its own. Those that are made share the processors.</summary>
    internal const string Containers = Bridge + """
        folder=$1 count=$2 lower=$3
        mount -t tmpfs tmpfs "$folder"
        for ((i = 0; i < count; i++)); do
            mkdir -p "$folder"/$i/{up,work,root}
            unshare --mount --pid --net --uts --ipc --fork --kill-child sh -e -c '
                mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/up,workdir=$2/work" "$2/root"
                cd "$2/root"
                mkdir -p old
                mount -t proc proc proc
                pivot_root . old
                exec chroot . /bin/sh -c "umount -l /old; : >/made; exec sleep 1000000"
            ' sh "$lower" "$folder/$i" >"$folder/$i/log" 2>&1 </dev/null &
            pids[i]=$!
        done
        made() { { ls "$folder"/*/up/made 2>/dev/null || true; } | wc -l; }
        while [ "$(made)" -lt "$count" ] && [ "$(jobs -rp | wc -l)" -ge "$count" ]; do sleep 0.05; done
        for ((i = 0; i < count; i++)); do
            echo "link add v$i type veth peer name eth0 netns ${pids[i]}"
            echo "link set v$i master br0 up"
        done | ip -batch -
        made
        read -r _ || true
        """;

    /// <summary>
    /// ssh servers, each on a loopback address of its own (<see cref="SshServers.Addresses"/>). $3 is a folder for keys, $4 one
    /// with programs that are laid over this machine's. Users are root and the one that sshd wants to exist.
    /// </summary>
    internal const string Ssh = """
        folder=$1 count=$2 keys=$3 programs=$4
        ip link set lo up
        [ ! -d "$programs/usr" ] || mount -t overlay overlay -o "lowerdir=$programs/usr:/usr" /usr
        echo 'root:*:1:0:99999:7:::' >"$folder/shadow"
        printf '%s\n' "root:x:0:0:root:$folder:/bin/sh" 'sshd:x:65533:65534::/run/sshd:/bin/false' >"$folder/passwd"
        mount --bind "$folder/shadow" /etc/shadow
        mount --bind "$folder/passwd" /etc/passwd
        mount -t tmpfs tmpfs /run
        mkdir -m 755 /run/sshd
        ssh-keygen -q -t ed25519 -N '' -f "$keys/host"
        ssh-keygen -q -t ed25519 -N '' -f "$keys/user"
        sshd=$(PATH=$PATH:/usr/sbin command -v sshd)
        : >"$folder/log"
        for ((i = 0; i < count; i++)); do
            "$sshd" -D -e -f /dev/null -h "$keys/host" -o "AuthorizedKeysFile $keys/user.pub" -o 'StrictModes no' -o 'UsePAM no' -o 'UseDNS no' -o 'Subsystem sftp internal-sftp' \
                -o 'PidFile none' -o "ListenAddress 127.1.$((i / 250)).$((i % 250 + 1))" 2>>"$folder/log" &
        done
        up() { grep -c '^Server listening' "$folder/log" || true; }
        while [ "$(up)" -lt "$count" ] && [ "$(jobs -rp | wc -l)" -ge "$count" ]; do sleep 0.1; done
        up
        read -r _ || true
        """;
}
