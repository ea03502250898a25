using System.Diagnostics;
using OpsConsole.Domain.Noodles.Running;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Noodles;

/// <summary>The shipped features, unchanged, against the S3 of Debian's Ceph. Where it differs from S3 is known by name and reason; the test fails when that changes, either way.</summary>
[Trait("Category", "Integration")]
public sealed class RadosGatewayTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Does_what_it_is_known_to_do_and_no_more()
    {
        var began = Stopwatch.GetTimestamp();
        await using var gateway = await RadosGateway.StartAsync();
        output.WriteLine($"Ceph answers after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        using var bench = NoodleBench.Shipped();
        var target = new NoodleTarget("radosgw", gateway.Address, "us-east-1", RadosGateway.Accounts) { KnownDifferences = RadosGatewayProfile.Differences };
        var result = await bench.Runner.RunAsync(new NoodleSelection(), target, new NoodleRunOptions(4), CancellationToken.None);
        NoodleBench.DiffersAsKnown(result, RadosGatewayProfile.Differences, output);
        Assert.All(result.Scenarios, scenario => Assert.Null(scenario.Note));
        Assert.All(bench.Pools.Views, pool => Assert.Empty(pool.Quarantined));
    }
}
