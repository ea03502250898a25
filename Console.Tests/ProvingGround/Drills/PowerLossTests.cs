using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Drills;
using OpsConsole.Engine.ProvingGround.Supervision;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround.Drills;

/// <summary>
/// All index and storage hosts lose their power at once: what was flushed is all there is. On a ground of its own, since the second drill loses what it is meant to lose.
/// </summary>
[Collection("a ground without power")]
[Trait("Category", "Integration")]
public sealed class PowerLossTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Losses_of_power_lose_nothing_unless_index_hosts_acknowledge_before_their_disks_have_it_which_is_found()
    {
        var options = new GroundOptions { Folder = Directory.CreateTempSubdirectory("ground-power-").FullName, WebHostsPerAz = 1, StorageHostsPerAz = 3, CustomerRate = 0, Probe = false };
        using var console = GroundFixture.MakeConsole(options);
        try
        {
            await console.StartAsync();
            var supervisor = console.Services.GetRequiredService<GroundSupervisor>();
            await supervisor.Ready.WaitAsync(TimeSpan.FromSeconds(120));
            var honest = await RunAsync(console.Services, new DrillOptions { Requests = 3_000, Seed = 13, Keys = 64, KillsOfEach = 0, OtherFaults = 0, PowerLosses = 2 });
            Assert.Equal(2, honest.Faults["power loss"]);
            Assert.True(honest.Broken == 0 && honest.Unknown == 0, string.Join('\n', honest.Evidence));
            Assert.DoesNotContain(honest.Evidence, line => line.Contains("could not be read", StringComparison.Ordinal));

            foreach (var host in supervisor.Plan.Of(GroundRole.Index))
            {
                Assert.True(await console.Services.GetRequiredService<GroundClient>().TreatAsync(host, "sync=false", CancellationToken.None));
            }

            var planted = await RunAsync(console.Services, new DrillOptions { Requests = 3_000, Seed = 14, Keys = 64, KillsOfEach = 0, OtherFaults = 0, PowerLosses = 1 });
            Assert.True(planted.Broken > 0, "no key's history was found broken");
        }
        finally
        {
            await console.StopAsync();
            Directory.Delete(options.Folder, recursive: true);
        }
    }

    private async Task<DrillReport> RunAsync(IServiceProvider services, DrillOptions options)
    {
        var report = await ActivatorUtilities.CreateInstance<GroundDrill>(services).RunAsync(options, CancellationToken.None);
        output.WriteLine($"{report} {string.Join(", ", report.Faults)} {string.Join('\n', report.Evidence)}");
        return report;
    }
}
