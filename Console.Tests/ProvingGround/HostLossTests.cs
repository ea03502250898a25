using Amazon.S3;
using Amazon.S3.Model;
using OpsConsole.Engine.ProvingGround;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>Processes are killed under customers' feet.</summary>
[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class HostLossTests(GroundFixture ground) : IDisposable
{
    private readonly AmazonS3Client _s3 = AwsSdkTests.Make(ground);

    public void Dispose() => _s3.Dispose();

    [Fact]
    public async Task A_killed_web_host_is_routed_around_and_comes_back()
    {
        await _s3.PutBucketAsync("loss-web");
        var victim = ground.Plan.Of(GroundRole.Web).First(host => !host.Validator).Id;
        var pid = ground.Supervisor.RunningOf(victim)!.Pid;
        ground.Kill(victim);
        for (var i = 0; i < 30; i++)
        {
            await RoundTripAsync("loss-web", $"k{i}");
        }

        await ground.UntilAsync(() => ground.Supervisor.RunningOf(victim) is { } back && back.Pid != pid, $"{victim} is started again");
    }

    [Fact]
    public async Task A_killed_az_of_storage_stops_neither_reads_nor_writes()
    {
        await _s3.PutBucketAsync("loss-az");
        await RoundTripAsync("loss-az", "before");
        var az = ground.Plan.Of(GroundRole.Storage).GroupBy(host => host.Az).ElementAt(1);
        foreach (var host in az)
        {
            ground.Kill(host.Id);
        }

        for (var i = 0; i < 10; i++)
        {
            await RoundTripAsync("loss-az", $"k{i}");
        }

        Assert.Equal("before", await ReadAsync("loss-az", "before"));
        Assert.Equal(11, (await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "loss-az" })).KeyCount);
        await ground.UntilAsync(() => az.All(host => ground.Supervisor.RunningOf(host.Id) is not null), "the AZ is started again");
        Assert.Equal("before", await ReadAsync("loss-az", "before"));
    }

    private async Task RoundTripAsync(string bucket, string key)
    {
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = key });
        Assert.Equal(key, await ReadAsync(bucket, key));
    }

    private async Task<string> ReadAsync(string bucket, string key)
    {
        using var got = await _s3.GetObjectAsync(bucket, key);
        using var reader = new StreamReader(got.ResponseStream);
        return await reader.ReadToEndAsync();
    }
}
