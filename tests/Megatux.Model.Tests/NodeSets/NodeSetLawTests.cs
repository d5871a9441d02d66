namespace Megatux.Model.Tests;

/// <summary>What holds for all sets, tried on random ones against plain sets of names.</summary>
public sealed class NodeSetLawTests
{
    [Fact]
    public void Operations_do_what_they_do_to_plain_sets_of_names()
    {
        foreach ((NodeSet a, NodeSet b, _) in RandomSets(seed: 1))
        {
            HashSet<string> left = [.. a.Expand()], right = [.. b.Expand()];
            Assert.Equal(left.Union(right).ToHashSet(), a.Union(b).Expand().ToHashSet());
            Assert.Equal(left.Except(right).ToHashSet(), a.Except(b).Expand().ToHashSet());
            Assert.Equal(left.Intersect(right).ToHashSet(), a.Intersect(b).Expand().ToHashSet());
            Assert.Equal(left.Except(right).Union(right.Except(left)).ToHashSet(), a.SymmetricExcept(b).Expand().ToHashSet());
            Assert.Equal(left.IsSupersetOf(right), a.Contains(b));
            Assert.Equal(left.SetEquals(right), a.Equals(b));
            Assert.All(right, name => Assert.Equal(left.Contains(name), a.Contains(name)));
        }
    }

    [Fact]
    public void The_laws_of_sets_hold()
    {
        foreach ((NodeSet a, NodeSet b, NodeSet c) in RandomSets(seed: 2))
        {
            Assert.Equal(a.Union(b), b.Union(a));
            Assert.Equal(a.Intersect(b), b.Intersect(a));
            Assert.Equal(a.Union(b).Union(c), a.Union(b.Union(c)));
            Assert.Equal(a.Intersect(b.Union(c)), a.Intersect(b).Union(a.Intersect(c)));
            Assert.Equal(a.Except(b.Union(c)), a.Except(b).Intersect(a.Except(c)));
            Assert.Equal(a.SymmetricExcept(b), a.Union(b).Except(a.Intersect(b)));
            Assert.Equal(a, a.Except(b).Union(a.Intersect(b)));
            Assert.Equal(a.Count + b.Count, a.Union(b).Count + a.Intersect(b).Count);
            Assert.Equal(a.SymmetricExcept(b).GetHashCode(), b.SymmetricExcept(a).GetHashCode());
            Assert.True(a.Except(a).IsEmpty);
        }
    }

    [Fact]
    public void Rank_is_the_inverse_of_unrank_and_follows_the_expansion()
    {
        foreach ((NodeSet a, NodeSet b, _) in RandomSets(seed: 3))
        {
            NodeSet set = a.SymmetricExcept(b);
            long rank = 0;
            foreach (string name in set.Expand())
            {
                Assert.Equal(rank, set.RankOf(name));
                Assert.Equal(name, set[rank++]);
            }

            Assert.Equal(set.Count, rank);
        }
    }

    [Fact]
    public void A_set_is_what_its_text_says()
    {
        foreach ((NodeSet a, NodeSet b, NodeSet c) in RandomSets(seed: 4))
        {
            NodeSet set = a.SymmetricExcept(b).Except(c);
            Assert.Equal(set, NodeSet.Parse(set.ToString()));
            Assert.Equal(set, NodeSet.Parse(set.ToString(steps: true)));
            Assert.Equal(set.ToString(), NodeSet.Parse(set.ToString()).ToString());
            Assert.Equal(set, NodeSet.Parse(string.Join(' ', set.Expand())));
        }
    }

    [Fact]
    public void Many_names_and_sets_in_any_order_are_joined_as_they_are_one_by_one()
    {
        var random = new Random(8);
        foreach ((NodeSet a, NodeSet b, NodeSet c) in RandomSets(seed: 5))
        {
            NodeSet[] parts = [.. a.Expand().Concat(a.Union(b).Expand()).Select(name => NodeSet.Parse(name)), b, c];
            random.Shuffle(parts);
            NodeSet all = NodeSet.UnionOf(parts);
            Assert.Equal(parts.Aggregate(NodeSet.Empty, (one, other) => one.Union(other)), all);
            Assert.Equal(all.Expand().Count(), all.Count);
        }
    }

    /// <summary>
    /// Steps that meet, alternate and interleave in every way: each small case, against a plain set of numbers, in
    /// expressions that all mean numbers of three digits.
    /// </summary>
    [Fact]
    public void Steps_combine_as_their_members_do()
    {
        var random = new Random(6);
        for (int i = 0; i < 4000; i++)
        {
            (string a, HashSet<string> left) = Steps(random);
            (string b, HashSet<string> right) = Steps(random);
            char operation = "!&^,"[i % 4];
            HashSet<string> expected = operation switch
            {
                '!' => [.. left.Except(right)],
                '&' => [.. left.Intersect(right)],
                '^' => [.. left.Except(right), .. right.Except(left)],
                _ => [.. left, .. right],
            };
            NodeSet set = NodeSet.Parse($"n[{a}]{operation}n[{b}]");
            Assert.True(expected.Order(StringComparer.Ordinal).SequenceEqual(set.Expand()), $"n[{a}]{operation}n[{b}] is not {set}");
            Assert.Equal(NodeSet.Parse(string.Join(' ', expected)), set);
        }
    }

    private static (string Text, HashSet<string> Names) Steps(Random random)
    {
        HashSet<string> names = [];
        List<string> ranges = [];
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            int first = random.Next(40), last = first + random.Next(60), step = random.Next(1, 13);
            ranges.Add($"{first:D3}-{last:D3}/{step}");
            for (int n = first; n <= last; n += step)
                names.Add($"n{n:D3}");
        }

        return (string.Join(',', ranges), names);
    }

    private static IEnumerable<(NodeSet A, NodeSet B, NodeSet C)> RandomSets(int seed)
    {
        var generator = new ExpressionGenerator(seed);
        for (int i = 0; i < 250; i++)
        {
            yield return (Next(generator.OneDimensional), Next(generator.OneDimensional), Next(generator.OneDimensional));
            yield return (Next(generator.ManyDimensional), Next(generator.ManyDimensional), Next(generator.ManyDimensional));
        }
    }

    private static NodeSet Next(Func<string> expression) => NodeSet.Parse(expression());
}
