using System.Text.Json;
using OpsConsole.Domain.Reservations;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Reservations.Domain;

public sealed class NameDictionaryTests(ITestOutputHelper output)
{
    [Fact]
    public void It_holds_what_a_plain_map_holds_and_no_version_is_changed_by_a_later_one()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (map, plain) = (NameDictionary<int>.Empty, new Dictionary<string, int>());
        var versions = new List<(NameDictionary<int> Map, Dictionary<string, int> Plain)>();
        for (var step = 0; step < 20_000; step++)
        {
            // Grows to some thousand names, shrinks to few, grows again.
            var name = $"host-{random.Next(3_000)}";
            if (random.Next(100) < (step / 5_000 % 2 == 0 ? 80 : 20))
            {
                (map, plain[name]) = (map.SetItem(name, step), step);
            }
            else
            {
                var had = plain.Remove(name);
                var after = map.Remove(name);
                Assert.Equal(!had, ReferenceEquals(map, after));
                map = after;
            }

            Assert.Equal(plain.Count, map.Count);
            if (step % 1_000 == 0)
            {
                versions.Add((map, new(plain)));
            }
        }

        foreach (var (one, expected) in versions.Append((map, plain)))
        {
            Assert.Equal(expected.OrderBy(pair => pair.Key), one.OrderBy(pair => pair.Key));
            Assert.Equal(expected.Keys.Order(), one.Keys.Order());
            Assert.Equal(expected.Values.Order(), one.Values.Order());
            Assert.All(Enumerable.Range(0, 3_000).Select(n => $"host-{n}"), name => Assert.Equal((expected.TryGetValue(name, out var there), there), (one.TryGetValue(name, out var found), found)));
        }
    }

    [Fact]
    public void Emptied_it_is_empty_and_what_is_not_there_is_said()
    {
        var map = Enumerable.Range(0, 500).Aggregate(NameDictionary<string>.Empty, (so, n) => so.SetItem($"{n}", "x"));
        Assert.Same(NameDictionary<string>.Empty, Enumerable.Range(0, 500).Aggregate(map, (so, n) => so.Remove($"{n}")));
        Assert.Throws<KeyNotFoundException>(() => map["500"]);
        Assert.False(map.ContainsKey("500"));
        Assert.True(map.Clear().IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(unchecked((int)0xF0000000))]
    public void Names_with_the_same_hash_are_told_apart(int hash)
    {
        const int many = 100;
        object? root = null;
        for (var n = 0; n < many; n++)
        {
            root = NameTrie<int>.Set(root, new($"{n}", hash, n), 0, out var added);
            Assert.True(added);
        }

        root = NameTrie<int>.Set(root, new("7", hash, 700), 0, out var again);
        Assert.False(again);
        Assert.Equal(many, NameTrie<int>.All(root).Count());
        for (var n = 0; n < many; n++)
        {
            Assert.True(NameTrie<int>.Find(root, $"{n}", hash, out var value));
            Assert.Equal(n == 7 ? 700 : n, value);
            Assert.False(NameTrie<int>.Find(root, $"{n}", ~hash, out _));
            Assert.Same(root, NameTrie<int>.Remove(root, $"{n}x", hash, 0));
        }

        for (var n = 0; n < many; n++)
        {
            root = NameTrie<int>.Remove(root, $"{n}", hash, 0);
            Assert.Equal(many - n - 1, NameTrie<int>.All(root).Count());
        }

        Assert.Null(root);
    }

    [Fact]
    public void It_is_written_as_any_map_is()
    {
        var map = Enumerable.Range(0, 100).Aggregate(NameDictionary<int>.Empty, (so, n) => so.SetItem($"host \"{n}\"", n));
        var json = JsonSerializer.Serialize(map);
        Assert.Equal(map.OrderBy(pair => pair.Value), JsonSerializer.Deserialize<Dictionary<string, int>>(json)!.OrderBy(pair => pair.Value));
        Assert.Equal(map.OrderBy(pair => pair.Value), JsonSerializer.Deserialize<NameDictionary<int>>(json)!.OrderBy(pair => pair.Value));
    }
}
