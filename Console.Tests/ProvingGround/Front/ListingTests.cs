using System.Text.RegularExpressions;

namespace OpsConsole.Tests.ProvingGround.Front;

[Trait("Category", "Integration")]
public sealed partial class ListingTests : FrontTests
{
    private static readonly string[] Keys = ["a", "b/1", "b/2", "b/3/x", "c", "d e", "d/1", "z", "é"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Both_ways_to_list_give_every_name_once_whatever_the_page(int most)
    {
        foreach (var key in Keys)
        {
            Is(200, await Host.SendAsync("PUT", $"/bucket/{key}", key));
        }

        Assert.Equal(Keys, await PagesAsync(most, "", second: true));
        Assert.Equal(Keys, await PagesAsync(most, "", second: false));
        Assert.Equal(["a", "b/", "c", "d e", "d/", "z", "é"], await PagesAsync(most, "/", second: true));
        Assert.Equal(["a", "b/", "c", "d e", "d/", "z", "é"], await PagesAsync(most, "/", second: false));
    }

    [Fact]
    public async Task Names_are_given_encoded_where_that_is_asked()
    {
        await Host.SendAsync("PUT", "/bucket/a b\u0001é", "x");
        Assert.Contains("<Key>a%20b%01%C3%A9</Key>", Text(await Host.SendAsync("GET", "/bucket", query: [("encoding-type", "url")])), StringComparison.Ordinal);
        Assert.Contains("<Owner><ID>guest</ID>", Text(await Host.SendAsync("GET", "/bucket", query: [("list-type", "2"), ("fetch-owner", "true")])), StringComparison.Ordinal);
        Assert.DoesNotContain("<Owner>", Text(await Host.SendAsync("GET", "/bucket", query: [("list-type", "2")])), StringComparison.Ordinal);
        Is(400, await Host.SendAsync("GET", "/bucket", query: [("encoding-type", "morse")]), "InvalidArgument");
        Is(400, await Host.SendAsync("GET", "/bucket", query: [("max-keys", "many")]), "InvalidArgument");
        Is(400, await Host.SendAsync("GET", "/bucket", query: [("list-type", "2"), ("continuation-token", "?")]), "InvalidArgument");
        Assert.Equal("false", Element(await Host.SendAsync("GET", "/bucket", query: [("max-keys", "0")]), "IsTruncated"));
    }

    [Fact]
    public async Task Only_an_empty_bucket_goes()
    {
        await Host.SendAsync("PUT", "/bucket/k", "x");
        Is(409, await Host.SendAsync("DELETE", "/bucket"), "BucketNotEmpty");
        await Host.SendAsync("DELETE", "/bucket/k");
        Assert.Equal("local-1", Is(200, await Host.SendAsync("HEAD", "/bucket")).Header("x-amz-bucket-region"));
        Is(204, await Host.SendAsync("DELETE", "/bucket"));
        Is(404, await Host.SendAsync("HEAD", "/bucket"));
        Is(400, await Host.SendAsync("PUT", "/elsewhere", "<CreateBucketConfiguration><LocationConstraint>moon-1</LocationConstraint></CreateBucketConfiguration>"), "InvalidLocationConstraint");
        Is(200, await Host.SendAsync("PUT", "/here", "<CreateBucketConfiguration><LocationConstraint>local-1</LocationConstraint></CreateBucketConfiguration>"));
    }

    private async Task<List<string>> PagesAsync(int most, string delimiter, bool second)
    {
        var seen = new List<string>();
        var next = "";
        for (var pages = 0; pages <= Keys.Length; pages++)
        {
            var query = new List<(string, string)> { ("max-keys", $"{most}"), ("delimiter", delimiter) };
            if (second)
            {
                query.Add(("list-type", "2"));
            }

            if (next.Length > 0)
            {
                query.Add((second ? "continuation-token" : "marker", next));
            }

            var page = Is(200, await Host.SendAsync("GET", "/bucket", query: [.. query]));
            var names = Names().Matches(Text(page)).Select(found => found.Groups[1].Value).Order(StringComparer.Ordinal).ToList();
            seen.AddRange(names);
            if (Element(page, "IsTruncated") == "false")
            {
                return seen;
            }

            next = Element(page, second ? "NextContinuationToken" : "NextMarker") is { Length: > 0 } given ? given : names[^1];
        }

        throw new InvalidOperationException("the listing does not end");
    }

    [GeneratedRegex("<(?:Key|CommonPrefixes><Prefix)>([^<]+)<")]
    private static partial Regex Names();
}
