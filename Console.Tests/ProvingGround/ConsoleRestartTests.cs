using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Supervision;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>A ground of its own: the smallest there is.</summary>
[Collection(Alone.Name)]
[Trait("Category", "Integration")]
public sealed class ConsoleRestartTests
{
    [Fact]
    public async Task A_console_adopts_the_processes_its_forerunner_left_and_ends_them_when_it_ends()
    {
        var folder = Directory.CreateTempSubdirectory("ground-restart-").FullName;
        var options = new GroundOptions { Folder = folder, WebHostsPerAz = 1, StorageHostsPerAz = 1, CustomerRate = 5, Probe = false };
        var before = await RunAsync(options with { StopWithConsole = false });
        Assert.All(before.Values, pid => Assert.NotNull(ProcessTable.StartOf(pid)));
        var after = await RunAsync(options);
        Assert.Equal(before, after);
        Assert.All(before.Values, pid => Assert.Null(ProcessTable.StartOf(pid)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_lease_that_nobody_renews_runs_out()
    {
        var folder = new GroundFolder(Directory.CreateTempSubdirectory("ground-lease-").FullName);
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.False(folder.LeaseHolds(now));
        folder.RenewLease(now);
        Assert.True(folder.LeaseHolds(now + GroundFolder.LeaseLimit - TimeSpan.FromSeconds(1)));
        Assert.False(folder.LeaseHolds(now + GroundFolder.LeaseLimit));
        Directory.Delete(folder.Root, recursive: true);
    }

    private static async Task<Dictionary<string, int>> RunAsync(GroundOptions options)
    {
        using var console = GroundFixture.MakeConsole(options);
        await console.StartAsync();
        var supervisor = console.Services.GetRequiredService<GroundSupervisor>();
        await supervisor.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        var pids = supervisor.Plan.Hosts.ToDictionary(host => host.Id, host => supervisor.RunningOf(host.Id)!.Pid);
        await console.StopAsync();
        return pids;
    }
}
