using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Tests.ProvingGround.Front;

namespace OpsConsole.Tests.ProvingGround.Probing;

/// <summary>The probe's own script against builds that answer wrongly, over an index and a storage fleet in memory.</summary>
[Trait("Category", "Integration")]
public sealed class ProbeScriptTests
{
    private const int Rounds = 6;

    [Fact]
    public async Task A_build_that_does_as_it_should_is_never_called_wrong()
    {
        var (wrong, asked) = await RunAsync(new Behaviour());
        Assert.Empty(wrong);
        Assert.Equal(25, asked.Count);
    }

    [Fact]
    public async Task Forgotten_conditions_are_seen() => Assert.Contains("get with If-None-Match", await WrongAsync(new ForgetsConditions()));

    [Fact]
    public async Task A_wrong_status_for_two_headers_together_is_seen() => Assert.Equal(["get of a range with If-Match"], await WrongAsync(new WrongStatus()));

    [Fact]
    public async Task Another_precedence_is_seen() => Assert.Equal(["put with a malformed Content-MD5 into a bucket that is not there"], await WrongAsync(new ChangedPrecedence()));

    [Fact]
    public async Task One_checksum_that_is_not_compared_is_seen() => Assert.Equal(["put with a wrong x-amz-checksum-crc32c"], await WrongAsync(new IgnoresChecksum()));

    [Fact]
    public async Task Listings_that_are_a_second_old_are_seen() => Assert.Contains("list after a delete", await WrongAsync(new StaleListings(TimeProvider.System)));

    [Fact]
    public async Task A_place_that_is_lost_is_seen() => Assert.Equal(["next page of a listing"], await WrongAsync(new LosesItsPlace()));

    [Fact]
    public async Task A_changed_byte_is_seen() => Assert.Contains(await WrongAsync(new CorruptsStored(seed: 5)), name => name is "get" or "get of a range");

    private static async Task<string[]> WrongAsync(Behaviour behaviour) => (await RunAsync(behaviour)).Wrong;

    /// <summary>The names of expectations that failed, and of all that were asked.</summary>
    private static async Task<(string[] Wrong, HashSet<string> Asked)> RunAsync(Behaviour behaviour)
    {
        await using var host = await FrontHost.StartAsync(behaviour);
        await using var other = await FrontHost.StartAsync();
        foreach (var one in (FrontHost[])[host, other])
        {
            await one.SendAsync("PUT", $"/{ProbeScript.Bucket}", key: one.Accounts.Probe);
        }

        var (wrong, asked) = (new HashSet<string>(), new HashSet<string>());
        var script = new ProbeScript("me", seed: 7, () => "other");
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var request in script.Round(round))
            {
                var answer = await SendAsync(request.At is null ? host : other, request);
                asked.Add(request.Expectation);
                if (request.Wrong(answer) is not null)
                {
                    wrong.Add(request.Expectation);
                }

                // The two know of the same objects, as two hosts of one ground do.
                if (request.Method == "PUT" && request.Path.Contains("/page-", StringComparison.Ordinal))
                {
                    await SendAsync(other, request);
                }
            }
        }

        return ([.. wrong], asked);
    }

    private static Task<Engine.ProvingGround.S3.S3Answer> SendAsync(FrontHost to, ProbeRequest request) =>
        to.Client(to.Accounts.Probe).SendAsync(to.Address, request.Method, request.Path, default, request.Body, request.Headers, request.Query);
}
