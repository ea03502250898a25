using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Tests.ProvingGround.Front;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Noodles;

/// <summary>The shipped features against the proving ground's S3 front.</summary>
public sealed class ShippedFeaturesTests(ITestOutputHelper output)
{
    [Fact]
    public void All_can_be_read_and_every_step_has_just_one_owner()
    {
        var content = new FeatureShelf(FeatureFolder.Shipped).Now;
        using var bench = NoodleBench.Shipped();
        Assert.Empty(content.Faults);
        Assert.Empty(bench.Library.Faults);
        var scenarios = content.Files.Sum(file => Scenarios(file.Feature!.Children));
        output.WriteLine($"{scenarios} scenarios in {content.Files.Length} features, {content.Pickles.Length} with the rows of outlines counted singly");
        Assert.True(scenarios >= 60);
    }

    [Fact]
    public async Task All_pass_and_leave_nothing_behind()
    {
        await using var host = await FrontHost.StartAsync();
        using var bench = NoodleBench.Shipped();
        var target = new NoodleTarget("front", host.Address, FrontHost.Region, [.. host.Accounts.Noodles.Select(key => new NoodleAccount(key.Name, key.Id, key.Secret))]);
        var result = await bench.Runner.RunAsync(new NoodleSelection(), target, new NoodleRunOptions(Parallel: 4), CancellationToken.None);
        output.WriteLine($"{result.Count(StepStatus.Passed)} of {result.Scenarios.Length} passed in {result.Took.TotalSeconds:0.0} s");
        Assert.True(result.Passed, NoodleBench.Report(result));
        Assert.Equal(result.Scenarios.Length, result.Count(StepStatus.Passed));
        Assert.All(bench.Pools.Views, pool => Assert.Empty(pool.Quarantined));
        Assert.Empty(await bench.Pools.RetireAsync(target, CancellationToken.None));
        foreach (var key in host.Accounts.Noodles)
        {
            Assert.DoesNotContain("<Bucket>", System.Text.Encoding.UTF8.GetString((await host.SendAsync("GET", "/", key: key)).Body), StringComparison.Ordinal);
        }
    }

    private static int Scenarios(IEnumerable<Domain.Noodles.Features.FeatureChild> children) => children.Sum(child => child.Scenario is null ? child.Rule is null ? 0 : Scenarios(child.Rule.Children) : 1);
}
