namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>All conditional headers, of reads, writes, deletes and copies.</summary>
[Trait("Category", "Integration")]
public sealed class ConditionTests : FrontTests
{
    private const string Past = "Thu, 01 Jan 2015 00:00:00 GMT";
    private const string Future = "Fri, 01 Jan 2100 00:00:00 GMT";
    private const string Other = "\"00000000000000000000000000000000\"";

    [Theory]
    [InlineData("If-Match", "ETAG", "", "", 200)]
    [InlineData("If-Match", Other, "", "", 412)]
    [InlineData("If-Match", "*", "", "", 200)]
    [InlineData("If-None-Match", "ETAG", "", "", 304)]
    [InlineData("If-None-Match", Other, "", "", 200)]
    [InlineData("If-Modified-Since", Past, "", "", 200)]
    [InlineData("If-Modified-Since", Future, "", "", 304)]
    [InlineData("If-Unmodified-Since", Past, "", "", 412)]
    [InlineData("If-Unmodified-Since", Future, "", "", 200)]
    [InlineData("If-Match", "ETAG", "If-Unmodified-Since", Past, 200)]
    [InlineData("If-None-Match", "ETAG", "If-Modified-Since", Past, 304)]
    [InlineData("If-None-Match", Other, "If-Modified-Since", Future, 200)]
    public async Task A_read_is_answered_by_its_conditions(string first, string value, string second, string other, int status)
    {
        var etag = (await Host.SendAsync("PUT", "/bucket/k", "body")).Header("ETag");
        var headers = new[] { (first, value.Replace("ETAG", etag, StringComparison.Ordinal)), (second, other) }.Where(header => header.Item1.Length > 0).ToArray();
        foreach (var method in (string[])["GET", "HEAD"])
        {
            var answer = Is(status, await Host.SendAsync(method, "/bucket/k", headers: headers));
            Assert.Equal(status is 200 or 304, answer.Header("ETag") == etag);
            Assert.True(status == 200 || method == "GET" || answer.Body.Length == 0);
        }

        var copy = headers.Select(header => ($"x-amz-copy-source-{header.Item1.ToLowerInvariant()}", header.Item2)).Append(("x-amz-copy-source", "bucket/k")).ToArray();
        Is(status == 200 ? 200 : 412, await Host.SendAsync("PUT", "/bucket/copy", "", copy));
    }

    [Fact]
    public async Task A_write_happens_only_where_its_condition_holds()
    {
        Is(404, await Host.SendAsync("PUT", "/bucket/k", "0", [("If-Match", Other)]), "NoSuchKey");
        var etag = Is(200, await Host.SendAsync("PUT", "/bucket/k", "1", [("If-None-Match", "*")])).Header("ETag");
        Is(412, await Host.SendAsync("PUT", "/bucket/k", "2", [("If-None-Match", "*")]), "PreconditionFailed");
        Is(412, await Host.SendAsync("PUT", "/bucket/k", "2", [("If-Match", Other)]), "PreconditionFailed");
        Is(412, await Host.SendAsync("DELETE", "/bucket/k", headers: [("If-Match", Other)]), "PreconditionFailed");
        Is(501, await Host.SendAsync("PUT", "/bucket/k", "2", [("If-None-Match", etag)]), "NotImplemented");
        Assert.Equal("1", Text(await Host.SendAsync("GET", "/bucket/k")));
        Is(200, await Host.SendAsync("PUT", "/bucket/k", "3", [("If-Match", etag)]));
        Is(204, await Host.SendAsync("DELETE", "/bucket/k", headers: [("If-Match", "*")]));
    }

    [Fact]
    public async Task Of_many_writers_who_ask_that_there_be_nothing_one_succeeds()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Host.SendAsync("PUT", "/bucket/once", $"{i}", [("If-None-Match", "*")])));
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.Equal(19, answers.Count(answer => answer.Status == 412));
    }
}
