using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Drills;
using OpsConsole.Engine.ProvingGround.Releases;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround.Drills;

/// <summary>The store under customers while its processes are killed, hung and damaged; <c>bench drill --requests 1000000</c> is the same at full size.</summary>
[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class DrillTests(GroundFixture ground, ITestOutputHelper output)
{
    private GroundDrill Drill => ActivatorUtilities.CreateInstance<GroundDrill>(ground.Services);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_changed_or_stale_while_everything_goes_wrong()
    {
        var report = await RunAsync(new DrillOptions { Requests = 6_000, Seed = 11, KillsOfEach = 1, OneOfEachRole = true, OtherFaults = 5 });

        Assert.True(report.Broken == 0 && report.Unknown == 0, string.Join('\n', report.Evidence));
        Assert.True(report.UnavailableReadsOneAzGone == 0, string.Join('\n', report.Evidence));
        Assert.True(report.LeastRestarts >= 1, "a process of each role was killed");
        Assert.True(report.Acknowledged > report.Requests / 10, $"only {report.Acknowledged} writes were acknowledged");
    }

    [Fact]
    public async Task A_release_that_serves_stale_listings_is_found_by_its_histories()
    {
        var webs = ground.Plan.Of(GroundRole.Web).Select(host => host.Id).ToArray();
        var folder = new GroundFolder(ground.Folder);
        try
        {
            await InstallAsync(folder, webs, ReleaseShelf.Find("2027.2.3")!.Content);
            var report = await RunAsync(new DrillOptions { Requests = 3_000, Seed = 12, Keys = 16, KillsOfEach = 0, OtherFaults = 0 });

            Assert.True(report.Broken > 0, "no key's history was found broken");
        }
        finally
        {
            await InstallAsync(folder, webs, ReleaseShelf.Baseline.Content);
        }
    }

    private async Task InstallAsync(GroundFolder folder, string[] webs, byte[] release)
    {
        foreach (var web in webs)
        {
            GroundFolder.Replace(folder.ReleaseFile(web), release);
            Assert.Null(await ground.Supervisor.RestartAsync(web, CancellationToken.None));
        }
    }

    private async Task<DrillReport> RunAsync(DrillOptions options)
    {
        var report = await Drill.RunAsync(options, CancellationToken.None);
        output.WriteLine($"{report} {string.Join(", ", report.Faults)} {string.Join('\n', report.Evidence)}");
        return report;
    }
}
