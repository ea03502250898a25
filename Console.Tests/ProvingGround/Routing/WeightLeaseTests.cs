using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Routing;

namespace OpsConsole.Tests.ProvingGround.Routing;

/// <summary>The real router, when whoever took a host out is not heard of again.</summary>
[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class WeightLeaseTests(GroundFixture ground)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_weight_nobody_renews_falls_back_by_itself()
    {
        var (router, host) = (ground.Plan.Router, ground.Plan.Of(GroundRole.Web).First(host => !host.Validator).Id);
        Assert.True(await ground.Client.SetWeightAsync(router, host, 0, Lease, default));
        Assert.Equal(0, (await SeenAsync(host)).Weight);
        Assert.True(await ground.Client.RenewWeightAsync(router, host, Lease * 2, default));
        await Task.Delay(Lease * 1.2);
        Assert.Equal(0, (await SeenAsync(host)).Weight);
        await BackAsync(host);
        Assert.Null((await SeenAsync(host)).LeasedUntil);
    }

    [Fact]
    public async Task A_host_that_is_out_and_dead_stays_out_until_it_answers()
    {
        var host = ground.Plan.Of(GroundRole.Web).Last(host => !host.Validator).Id;
        using (ground.Supervisor.Rest([host]))
        {
            Assert.True(await ground.Client.SetWeightAsync(ground.Plan.Router, host, 0, Lease, default));
            ground.Kill(host);
            await Task.Delay(Lease * 2);
            Assert.Equal(0, (await SeenAsync(host)).Weight);
        }

        await BackAsync(host);
    }

    [Fact]
    public async Task The_router_tells_what_it_saw_by_host_and_operation()
    {
        using var s3 = AwsSdkTests.Make(ground);
        await s3.PutBucketAsync("by-operation");
        var before = await OperationsAsync("list");
        await s3.ListObjectsV2Async(new() { BucketName = "by-operation" });
        Assert.True(await OperationsAsync("list") > before);
        var report = (await ground.Client.RouterAsync(ground.Plan.Router, 0, default))!;
        Assert.All(report.Hosts.SelectMany(host => host.Operations.Values), seen => Assert.True(seen.P50Ms > 0 && seen.P99Ms >= seen.P50Ms && seen.Failed <= seen.Requests));
    }

    private async Task<long> OperationsAsync(string operation) =>
        (await ground.Client.RouterAsync(ground.Plan.Router, long.MaxValue, default))!.Hosts.Sum(host => host.Operations.GetValueOrDefault(operation)?.Requests ?? 0);

    private async Task BackAsync(string host) => Assert.True(await ground.WatchAsync(async () => (await SeenAsync(host)).Weight > 0), $"{host} does not take customers again");

    private async Task<RouterHost> SeenAsync(string host) => (await ground.Client.RouterAsync(ground.Plan.Router, long.MaxValue, default))!.Hosts.Single(one => one.Id == host);
}
