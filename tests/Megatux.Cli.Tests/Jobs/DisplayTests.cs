using System.Text;
using Megatux.Model;
using Megatux.Xproc;

namespace Megatux.Cli.Tests;

public sealed class DisplayTests
{
    [Fact]
    public void Equal_lines_are_shown_once_however_they_came()
    {
        (string output, string error) = Records.Shown((to, errors) => new FoldedDisplay(to, errors),
            "n[0-7] same\n", "n[8-9] sa", "n[8-9] me\nown", "n8  eight\n", "n9  nine", "n[0-7] =0", "n[8-9] =0", "n3 !bad\n");
        Assert.Equal("n[0-9]: same\nn8: own eight\nn9: own nine\n", output);
        Assert.Equal("n3: bad\n", error);
    }

    [Fact]
    public void Each_nodes_lines_stay_in_their_order_where_others_write_more()
    {
        (string output, _) = Records.Shown((to, errors) => new FoldedDisplay(to, errors), "n[1-3] a\n", "n2 x\n", "n[1-3] b\n", "n[1-3] c\n");
        foreach (string node in (string[])["n1", "n2", "n3"])
        {
            string own = string.Concat(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => NodeSet.Parse(line.Split(": ")[0]).Contains(node)).Select(line => line.Split(": ")[1]));
            Assert.Equal(node == "n2" ? "axbc" : "abc", own);
        }
    }

    [Fact]
    public void Nodes_are_ordered_by_their_numbers()
    {
        (string output, _) = Records.Shown((to, errors) => new FoldedDisplay(to, errors), "n10 ten\n", "n9 nine\n", "n1 one\n");
        Assert.Equal("n1: one\nn9: nine\nn10: ten\n", output);
    }

    [Fact]
    public void What_came_in_a_second_is_shown_then_but_for_a_line_that_is_not_whole()
    {
        (string output, _) = Records.Shown((to, errors) => new FoldedDisplay(to, errors), "n1 a\nb", "tick", "n1 c\n", "n2 a\n");
        Assert.Equal("n1: a\nn1: bc\nn2: a\n", output);
    }

    [Fact]
    public void Lines_come_at_once_and_once_for_every_node()
    {
        (string output, string error) = Records.Shown((to, errors) => new LineDisplay(to, errors, labels: true), "n[1-2] a\n", "n1 b", "n2 !c\n", "n1 =0");
        Assert.Equal(("n1: a\nn2: a\nn1: b\n", "n2: c\n"), (output, error));
        Assert.Equal("a\na\n", Records.Shown((to, errors) => new LineDisplay(to, errors, labels: false), "n[1-2] a\n").Output);
        Assert.Equal("abc\ndef\ng\n", Records.Shown((to, errors) => new LineDisplay(to, errors, labels: false, longest: 3), "n1 abcdefg\n").Output);
    }

    [Fact]
    public void Whole_outputs_that_are_equal_are_gathered_below_their_nodes_however_they_were_cut()
    {
        (string output, string error) = Records.Shown((to, errors) => new GatheredDisplay(to, errors),
            "n[1-4] a\n", "n[1-2] b\nc\n", "n3 b", "n3 \nc", "n4 x\n", "n4 !why\n", "n[1-4] =0");
        Assert.Equal("""
            ---------------
            n[1-3] (3)
            ---------------
            a
            b
            c
            ---------------
            n4
            ---------------
            a
            x

            """, output);
        Assert.Equal("n4: why\n", error);
    }

    [Fact]
    public void Gathering_and_folding_show_all_that_each_node_wrote()
    {
        var random = new Random(11);
        for (int round = 0; round < 200; round++)
        {
            var expected = new Dictionary<string, string>();
            var records = new List<string>();
            for (int count = random.Next(1, 30); count > 0; count--)
            {
                string nodes = $"n[{random.Next(0, 3)}-{random.Next(3, 6)}]", text = ((string[])["a\n", "b\n", "c", "\n", "a\nb"])[random.Next(5)];
                records.Add($"{nodes} {text}");
                foreach (string node in NodeSet.Parse(nodes).Expand())
                    expected[node] = expected.GetValueOrDefault(node, "") + text;
                if (random.Next(4) == 0)
                    records.Add("tick");
            }

            string[] all = [.. records];
            Assert.Equal(expected.ToDictionary(one => one.Key, one => one.Value.TrimEnd('\n')), ByNode(Records.Shown((to, errors) => new FoldedDisplay(to, errors), all).Output));
            var gathered = new Dictionary<string, string>();
            string[] blocks = Records.Shown((to, errors) => new GatheredDisplay(to, errors), all).Output.Split("---------------\n");
            for (int block = 1; block < blocks.Length; block += 2)
                foreach (string node in NodeSet.Parse(blocks[block].Split([' ', '\n'])[0]).Expand())
                    gathered[node] = blocks[block + 1].TrimEnd('\n');
            Assert.Equal(expected.ToDictionary(one => one.Key, one => one.Value.TrimEnd('\n')), gathered);
        }
    }

    [Fact]
    public void One_node_after_the_other_with_dividers()
    {
        (string output, _) = Records.Shown((to, errors) => new SequentialDisplay(to, errors, labels: false, dividers: true, LineSplitter.UsualLongest), "n2 x\n", "n[1-2] y\n");
        string divider = new('-', 69);
        Assert.Equal($"n1 {divider}\ny\nn2 {divider}\nx\ny\n", output);
    }

    [Fact]
    public void Json_says_bytes_that_are_no_text_in_base64()
    {
        (string output, _) = Records.Shown((to, _) => new JsonDisplay(to), "n[1-2] é\n", "n1 !e", "n1 =3");
        Assert.Equal("""
            {"nodes":"n[1-2]","stream":"out","text":"é\n"}
            {"nodes":"n1","stream":"err","text":"e"}
            {"nodes":"n1","exit":3}

            """, output);
        Assert.Contains("\"base64\":\"/w==\"", Encoding.UTF8.GetString(JobJson.Of(new JobRecord(NodeSet.Parse("n1"), 0, RecordKind.Output, new byte[] { 255 }))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_names_every_node_that_did_not_succeed_and_is_silent_else()
    {
        var collector = new JobResult
        {
            ByCode = new SortedDictionary<int, NodeSet> { [0] = NodeSet.Parse("n[0-5]"), [3] = NodeSet.Parse("n[6-7]") },
            Refused = NodeSet.Empty, Lost = NodeSet.Parse("n8"), NotUp = NodeSet.Parse("n9"), Pending = NodeSet.Empty,
        };
        Assert.Equal("6 of 11 nodes succeeded; exit code 3: n[6-7] (2); lost: n8 (1); not up: n9 (1); not of this experiment: m1 (1).", ResultText.Of(collector, NodeSet.Parse("m1")));
        Assert.Equal(255, collector.ExitCode);
        JobResult all = collector with { ByCode = new SortedDictionary<int, NodeSet> { [0] = NodeSet.Parse("n1") }, Lost = NodeSet.Empty, NotUp = NodeSet.Empty };
        Assert.Null(ResultText.Of(all, NodeSet.Empty));
        Assert.True(all.IsSuccess);
    }

    private static Dictionary<string, string> ByNode(string output)
    {
        var texts = new Dictionary<string, string>();
        foreach (string line in output.TrimEnd('\n').Split('\n'))
            foreach (string node in NodeSet.Parse(line[..line.IndexOf(':', StringComparison.Ordinal)]).Expand())
                texts[node] = texts.TryGetValue(node, out string? before) ? before + "\n" + line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..] : line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
        return texts.ToDictionary(one => one.Key, one => one.Value.TrimEnd('\n'));
    }
}
