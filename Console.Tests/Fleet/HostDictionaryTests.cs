using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Fleet;

/// <summary>The map of a region's hosts beside the one of the base library, over random histories.</summary>
public sealed class HostDictionaryTests(ITestOutputHelper output)
{
    private const int Ids = 300;

    [Fact]
    public void After_any_history_every_version_holds_what_a_plain_map_holds()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (map, plain) = (HostDictionary<string>.Empty, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
        var versions = new List<(HostDictionary<string>, ImmutableSortedDictionary<string, string>)>();
        for (var step = 0; step < 400; step++)
        {
            var (next, expected) = (map.ToBuilder(), plain.ToBuilder());
            for (var change = random.Next(20); change >= 0; change--)
            {
                var id = $"h{random.Next(Ids)}";
                if (random.Next(step % 50 < 25 ? 4 : 2) == 0)
                {
                    Assert.Equal(expected.Remove(id), next.Remove(id, out _));
                }
                else
                {
                    next[id] = expected[id] = $"{step}.{change}";
                }

                Assert.Equal(expected.ContainsKey(id), next.ContainsKey(id));
            }

            (map, plain) = (next.ToImmutable(), expected.ToImmutable());
            versions.Add((map, plain));
        }

        Assert.All(versions, version => Same(version.Item2, version.Item1));
    }

    [Fact]
    public void A_builder_goes_on_after_a_version_was_taken_from_it()
    {
        var builder = HostDictionary<string>.Empty.ToBuilder();
        builder["a"] = "1";
        var first = builder.ToImmutable();
        builder["a"] = "2";
        builder["b"] = "3";
        Assert.Equal("1", first["a"]);
        Assert.Equal(["2", "3"], builder.ToImmutable().Values);
    }

    [Fact]
    public void Values_set_over_the_ids_of_another_map_share_them()
    {
        var hosts = Enumerable.Range(0, 1_000).Aggregate(HostDictionary<string>.Empty.ToBuilder(), (all, i) => Set(all, $"h{i:0000}")).ToImmutable();
        var visits = HostDictionary<string>.Empty.SetItem("h0500", "x").SetItem("gone", "y").Over(hosts);

        Assert.Equal(["gone", "h0500"], visits.Keys);
        Assert.Equal(2, visits.Count);
        Assert.Same(visits.SetItem("h0501", "z").Index, visits.Index);
        Assert.Same(hosts.Index, HostDictionary<string>.Empty.SetItem("h0500", "x").Over(hosts).Index);
    }

    [Fact]
    public void One_that_left_and_one_that_came_back_are_not_the_same_ids()
    {
        var all = HostDictionary<string>.Empty.SetItem("a", "1").SetItem("b", "2").SetItem("c", "3");
        var (withoutA, withoutB) = (all.RemoveRange(["a"]), all.RemoveRange(["a"]).RemoveRange(["b"]).SetItem("a", "1"));

        Assert.Equal(withoutA.Count, withoutB.Count);
        Assert.False(withoutA.SameIdsAs(withoutB));
        Assert.True(withoutA.SameIdsAs(all.RemoveRange(["a"]).SetItem("c", "4")));
    }

    [Fact]
    public void Ids_that_are_gone_are_let_go()
    {
        var map = HostDictionary<string>.Empty;
        for (var i = 0; i < 2_000; i++)
        {
            map = map.SetItem($"h{i}", "x").RemoveRange([$"h{i - 10}"]);
        }

        Assert.Equal(10, map.Count);
        Assert.InRange(map.Index.Ids.Length, 10, 200);
    }

    [Fact]
    public void It_is_written_as_any_map_and_read_back()
    {
        var map = HostDictionary<string>.Empty.SetItem("b", "2").SetItem("a", "1");
        var json = JsonSerializer.Serialize(map, EventTypes.Json);
        Assert.Equal("""{"a":"1","b":"2"}""", json);
        Assert.Equal(map, JsonSerializer.Deserialize<HostDictionary<string>>(json, EventTypes.Json)!);
        Assert.Empty(JsonSerializer.Deserialize<HostDictionary<string>>("{}", EventTypes.Json)!);
    }

    private static void Same(ImmutableSortedDictionary<string, string> expected, HostDictionary<string> map)
    {
        Assert.Equal(expected, map);
        Assert.Equal(expected.Count, map.Count);
        Assert.Equal(expected.Keys, map.Keys);
        Assert.Equal(expected.Values, map.Values);
        Assert.All(Enumerable.Range(0, Ids).Select(i => $"h{i}"), id => Assert.Equal(expected.GetValueOrDefault(id), map.GetValueOrDefault(id)));
    }

    private static HostDictionary<string>.Builder Set(HostDictionary<string>.Builder all, string id)
    {
        all[id] = id;
        return all;
    }
}
