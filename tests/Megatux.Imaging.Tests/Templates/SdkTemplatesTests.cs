using System.Text;

namespace Megatux.Imaging.Tests;

public sealed class SdkTemplatesTests
{
    /// <summary>What may come out of an experiment of any size.</summary>
    private const int LargestOutput = 4096;

    public static TheoryData<string> Templates =>
        new(Directory.EnumerateFiles(Repository.At("Megatux.Sdk/templates"), "*.hbs").Select(Path.GetFileName).Order()!);

    [Theory]
    [MemberData(nameof(Templates))]
    public void A_template_renders_for_experiments_of_every_size_to_less_than_four_kilobytes(string template)
    {
        foreach (TemplateVariables variables in new[] { SdkVariables.Laptop(), SdkVariables.Hyperion() })
        {
            string text = Render(template, variables);
            Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, LargestOutput);
            Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_iPXE_script_keeps_what_iPXE_itself_expands()
    {
        string[] lines = Render("boot.ipxe.hbs", SdkVariables.Laptop()).Split('\n');
        Assert.Equal("#!ipxe", lines[0]);
        Assert.Contains("set base http://10.77.0.1/laptop", lines);
        Assert.Contains("set base tftp://${next-server}", lines);
        Assert.Contains("kernel ${base}/${deployment}vmlinuz-host initrd=initramfs-host.img console=ttyS0 megatux.mac=${net0/mac} rdinit=/init ${tree} || goto ${next}", lines);
        Assert.Contains("initrd --name initramfs-host.img ${base}/${deployment}initramfs-host.img || goto ${next}", lines);
        Assert.All(lines.Where(line => line.StartsWith("goto ", StringComparison.Ordinal) && !line.Contains('$', StringComparison.Ordinal)),
            line => Assert.Contains($":{line[5..]}", lines));
    }

    [Fact]
    public void The_iPXE_script_of_an_experiment_without_a_web_server_uses_TFTP_alone()
    {
        string text = Render("boot.ipxe.hbs", SdkVariables.Laptop(url: ""));
        Assert.DoesNotContain("http", text, StringComparison.Ordinal);
        Assert.Contains("\ngoto tftp\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_xproc_configuration_has_a_line_a_range()
    {
        string[] lines = Render("xproc.conf.hbs", SdkVariables.Hyperion()).Split('\n');
        Assert.Contains("interface eth0", lines);
        Assert.Contains("port 2223", lines);
        Assert.Equal(9, lines.Count(line => line.StartsWith("iprange ", StringComparison.Ordinal)));
        Assert.Contains("iprange 192.168.100.100 192.168.101.101 ehyperion[870-1013]", lines);
    }

    private static string Render(string template, TemplateVariables variables) =>
        Encoding.UTF8.GetString(new TemplateRenderer().Render(Repository.At($"Megatux.Sdk/templates/{template}"), variables));
}
