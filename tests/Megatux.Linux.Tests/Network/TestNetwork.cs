using System.Text.Json;

namespace Megatux.Linux.Tests;

/// <summary>A network namespace of a test's own, seen through iproute2.</summary>
internal sealed class TestNetwork : IDisposable
{
    public TestNetwork()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make network namespaces");
        Namespace = NetworkNamespace.Create();
    }

    public NetworkNamespace Namespace { get; }

    /// <summary>The namespace's descriptor.</summary>
    public int Descriptor => (int)Namespace.Handle.DangerousGetHandle();

    public void Dispose() => Namespace.Dispose();

    /// <summary>A MAC address that differs by the number.</summary>
    public static byte[] Mac(int number) => [0x02, 0, 0, 0, (byte)(number >> 8), (byte)number];

    /// <summary>The same as iproute2 prints it.</summary>
    public static string MacText(int number) => $"02:00:00:00:{number >> 8:x2}:{number & 255:x2}";

    /// <summary>Queues and commits.</summary>
    public void Commit(Action<NetworkSetup> queue) => Namespace.Run(() =>
    {
        using var setup = NetworkSetup.Open();
        queue(setup);
        setup.Commit();
    });

    /// <summary>What must not work.</summary>
    public NetworkSetupException Fails(Action<NetworkSetup> queue) => Assert.Throws<NetworkSetupException>(() => Commit(queue));

    /// <summary>Asks by netlink.</summary>
    public T Ask<T>(Func<NetworkSetup, T> question) => Namespace.Run(() =>
    {
        using var setup = NetworkSetup.Open();
        return question(setup);
    });

    /// <summary>Asks by <c>ip -j -d</c>.</summary>
    public JsonElement[] Ip(string question)
    {
        string program = Command.Find("ip") ?? throw new InvalidOperationException("There is no ip: install iproute2.");
        string output = Namespace.Run(() => Command.Run(program, ["-j", "-d", .. question.Split(' ')])).Succeeded().Output;
        using JsonDocument document = JsonDocument.Parse(output.Length == 0 ? "[]" : output);
        return [.. document.RootElement.EnumerateArray().Select(element => element.Clone())];
    }

    /// <summary>The one device of a name.</summary>
    public JsonElement Link(string name) => Assert.Single(Ip($"link show dev {name}"));

    /// <summary>Names of all devices but the loopback.</summary>
    public string[] Names() =>
        [.. Ip("link").Select(link => link.Text("ifname")).Where(name => name != "lo").Order(StringComparer.Ordinal)];
}

internal static class JsonElementExtensions
{
    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static int Number(this JsonElement element, string property) => element.GetProperty(property).GetInt32();

    public static bool Has(this JsonElement element, string property) => element.TryGetProperty(property, out _);

    public static bool IsUp(this JsonElement link) => link.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "UP");

    public static JsonElement Info(this JsonElement link) => link.GetProperty("linkinfo");
}
