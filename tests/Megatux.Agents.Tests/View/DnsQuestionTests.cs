using Megatux.Equations;
using Megatux.Model;
using Megatux.Names;

namespace Megatux.Agents.Tests;

/// <summary>Questions to the names service that hosts serve, and what is made of answers, good and bad.</summary>
public sealed class DnsQuestionTests
{
    private const ushort Id = 0x1234;

    private static readonly Experiment Plan = new ExperimentDescription
    {
        Name = "mine", PhysicalHosts = "h[7-8]", VmsPerHost = "3", VmNetworkStart = "10.0.0.0", VmNetmask = "24", VmMemory = "64",
    }.Resolve(EquationCompiler.Instance).Experiment!;

    [Fact]
    public void The_names_service_is_understood()
    {
        Assert.Equal("10.0.1.3", Ask("vm1.h8", DnsQuestion.Address));
        Assert.Equal("vm1.h8", Ask(DnsQuestion.ReverseOf(Plan.Guest(1, 1).Address), DnsQuestion.Pointer));
        Assert.Equal("no such name", Ask("vm9.h8", DnsQuestion.Address));
        Assert.Equal("error 5", Ask("example.com", DnsQuestion.Address));
    }

    [Fact]
    public void An_answer_to_another_question_is_none()
    {
        byte[] answer = Answer("vm1.h8", DnsQuestion.Address);
        Assert.Null(DnsQuestion.Read(answer, Id + 1, DnsQuestion.Address));
        Assert.Null(DnsQuestion.Read(DnsQuestion.Write(Id, "vm1.h8", DnsQuestion.Address), Id, DnsQuestion.Address));
        Assert.Equal("no record", DnsQuestion.Read(answer, Id, DnsQuestion.Pointer));
    }

    [Fact]
    public void Whatever_comes_is_read_to_an_end()
    {
        var random = new Random(3);
        byte[][] seeds = [Answer("vm1.h8", DnsQuestion.Address), Answer(DnsQuestion.ReverseOf(Plan.Guest(1, 1).Address), DnsQuestion.Pointer)];
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = [.. seeds[i % 2]];
            for (int change = random.Next(1, 5); change > 0; change--)
                bytes[random.Next(2, bytes.Length)] = (byte)random.Next(256);
            string? data = DnsQuestion.Read(bytes.AsSpan(0, random.Next(bytes.Length + 1)), Id, i % 2 == 0 ? DnsQuestion.Address : DnsQuestion.Pointer);
            Assert.True(data is null or { Length: <= 512 });
        }
    }

    private static string? Ask(string name, ushort type) => DnsQuestion.Read(Answer(name, type), Id, type);

    private static byte[] Answer(string name, ushort type)
    {
        byte[] answer = new byte[DnsQuestion.LongestAnswer];
        return answer[..new NameAnswerer(Plan).Answer(DnsQuestion.Write(Id, name, type), answer, NameTransport.Udp)];
    }
}
