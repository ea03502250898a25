using System.Text;
using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class IndexListingTests
{
    private readonly IndexSteps _index = new();

    [Fact]
    public void Keys_come_in_the_order_of_their_utf8_bytes()
    {
        string[] keys = ["a", "Z", "\uFFFD", "😀", "é", "a/", "", "ab"];
        foreach (var key in keys.Where(key => key.Length > 0))
        {
            _index.Put(key);
        }

        var expected = keys.Where(key => key.Length > 0).OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal);
        Assert.Equal(expected, _index.List().Objects.Select(entry => entry.Key));
    }

    [Fact]
    public void Nothing_taken_is_the_end()
    {
        _index.Put("k");
        Assert.Null(_index.List(take: 0).Next);
        Assert.Null(_index.State.List(new ListQuery("none", "", "", "", 10)));
    }

    /// <summary>Pages of any size, put together, are what the definition says, for random buckets.</summary>
    [Fact]
    public void Pages_together_are_the_whole_listing()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var index = new IndexSteps();
            var keys = Enumerable.Range(0, random.Next(40)).Select(_ => Key(random)).Distinct().ToArray();
            Array.ForEach(keys, key => index.Put(key));
            var (prefix, delimiter, take) = (random.Next(3) == 0 ? Key(random)[..1] : "", random.Next(3) == 0 ? "" : "/", random.Next(1, 6));
            var expected = keys.Order(KeyOrder.Instance).Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(key => delimiter.Length > 0 && key.IndexOf('/', prefix.Length) is >= 0 and var at ? key[..(at + 1)] + "*" : key).Distinct();
            Assert.True(expected.SequenceEqual(Paged(index, prefix, delimiter, take)), $"seed {seed}");
        }
    }

    private static List<string> Paged(IndexSteps index, string prefix, string delimiter, int take)
    {
        var found = new List<string>();
        string? after = "";
        while (after is not null)
        {
            var page = index.List(prefix, delimiter, after, take);
            var items = page.Objects.Select(entry => entry.Key).Concat(page.CommonPrefixes.Select(common => common + "*"));
            found.AddRange(items.OrderBy(item => item.TrimEnd('*'), KeyOrder.Instance));
            Assert.True(page.Objects.Length + page.CommonPrefixes.Length <= take);
            after = page.Next;
        }

        return found;
    }

    private static string Key(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => new[] { "a", "b", "/", "😀", "\uFFFD" }[random.Next(5)]));
}
