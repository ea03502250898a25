using System.Collections.Immutable;
using System.Numerics;
using OpsConsole.Domain.Placement;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Placement;

/// <summary>The group rule of LRC: beside one that tries every loss, and beside what was published of LRC(6,2,2).</summary>
public sealed class LocalRuleTests
{
    private static readonly LocalRule Azure = LocalRule.Of(10, 6, [[0, 1, 2, 6], [3, 4, 5, 7]]);

    [Fact]
    public void Any_three_losses_of_LRC_6_2_2_are_borne_and_of_four_180_in_210()
    {
        Assert.Equal(("LRC(6,2,2)", 6, 2), (Azure.Name, Azure.Needed, Azure.Globals));
        Assert.Equal([1, 10, 45, 120, 180, 0], Enumerable.Range(0, 6).Select(losses => Patterns(10, losses).Count(Azure.Readable)));
    }

    [Fact]
    [Trait("Category", "Conformance")]
    public void The_fourth_loss_is_borne_with_the_published_chance()
    {
        var chain = Fixture.Read("stateful-03_published_mttf_tables.json").GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("derived")).First(derived => derived.TryGetProperty("chain", out _)).GetProperty("chain").GetString()!;
        Assert.Contains($"probability {Patterns(10, 4).Count(Azure.Readable)}/{Patterns(10, 4).Count()}", chain, StringComparison.Ordinal);
    }

    [Fact]
    public void Which_shards_are_gone_decides_and_not_how_many()
    {
        Assert.True(Azure.Readable(Mask(0, 3, 8, 9)));
        Assert.False(Azure.Readable(Mask(0, 1, 2, 6)));
        Assert.Equal((3, 2, -1, 0), (Azure.Margin(0), Azure.Margin(Mask(0)), Azure.Margin(Mask(0, 1, 2, 6)), Azure.Margin(Mask(0, 3, 8, 9))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_says_what_trying_every_loss_says(int seed)
    {
        var random = new Random(seed);
        for (var world = 0; world < 60; world++)
        {
            var (shards, needed, groups) = Code(random);
            var rule = LocalRule.Of(shards, needed, groups);
            int[] azs = [.. Enumerable.Range(0, shards).Select(_ => random.Next(3))];
            bool[] gone = [.. Enumerable.Range(0, shards).Select(_ => random.Next(4) == 0)];
            var (lost, alive) = (0u, new uint[3]);
            for (var shard = 0; shard < shards; shard++)
            {
                lost |= gone[shard] ? 1u << shard : 0;
                alive[azs[shard]] |= gone[shard] ? 0 : 1u << shard;
            }

            var scenario = new SurviveScenario(random.Next(2) == 0, random.Next(3));
            Assert.True(
                AssuranceOracle.Slack(azs, gone, groups, needed, scenario) == rule.Slack(lost, alive, scenario),
                $"seed {seed}, world {world}: {rule.Name}, gone {lost:b}, {scenario}");
        }
    }

    [Theory]
    [InlineData(10, 6, "0,1,2,6|3,4,5,6", "the shard 6 in its local groups twice")]
    [InlineData(10, 6, "0,1,2,6|3,4,5,10", "the shard 10; its shards are 0 to 9")]
    [InlineData(10, 6, "0,1,2,6|3", "fewer than 2")]
    [InlineData(10, 5, "0,1,2,6|3,4,5,7", "6 data shards, and k = 5")]
    [InlineData(25, 6, "0,1,2,6|3,4,5,7", "24 is the most")]
    public void Groups_that_make_no_code_are_refused_in_words(int shards, int needed, string groups, string words)
    {
        ImmutableArray<ImmutableArray<int>> read = [.. groups.Split('|').Select(group => group.Split(',').Select(int.Parse).ToImmutableArray())];
        Assert.Contains(words, LocalRule.Problem(shards, needed, read), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LocalRule.Of(shards, needed, read));
    }

    /// <summary>One to three groups of any size, up to four globals, in any order.</summary>
    private static (int Shards, int Needed, ImmutableArray<ImmutableArray<int>> Groups) Code(Random random)
    {
        int[] sizes = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(2, 5))];
        var shards = sizes.Sum() + random.Next(0, 4);
        var places = Enumerable.Range(0, shards).ToArray();
        random.Shuffle(places);
        var (first, groups) = (0, ImmutableArray.CreateBuilder<ImmutableArray<int>>());
        foreach (var size in sizes)
        {
            groups.Add([.. places.AsSpan(first, size)]);
            first += size;
        }

        return (shards, sizes.Sum() - sizes.Length, groups.ToImmutable());
    }

    private static IEnumerable<uint> Patterns(int shards, int losses) => Enumerable.Range(0, 1 << shards).Select(mask => (uint)mask).Where(mask => BitOperations.PopCount(mask) == losses);

    private static uint Mask(params int[] places) => places.Aggregate(0u, (mask, place) => mask | (1u << place));
}
