using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.ProvingGround;
using Xunit.Abstractions;

namespace OpsConsole.Tests.FleetUpdate.Ground;

/// <summary>The shipped pipelines for hosts that keep data, over the real store under customers: a storage release that loses what it acknowledged is taken back after one host, then a good one of storage and one of the index go everywhere.</summary>
[Collection(PatchedGroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class StatefulRolloutTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task A_release_that_loses_writes_is_caught_on_its_first_host_and_good_ones_reach_every_storage_and_index_host()
    {
        await using var ground = await PatchedGround.StartedAsync(options => options with { StorageHostsPerAz = 3, Probe = true });
        await using var reader = await KeptObjects.WrittenAsync(ground.Customer(), 40);
        await EndsAsync(ground, "bad", "storage", "2026.12.2", RolloutStatus.RolledBack);
        var visited = Visits(ground).Select(visit => visit.Host).Distinct().ToArray();
        var evidence = $"{RolloutOf(ground, "bad").Evidence}";
        Assert.True(visited.Length == 1, $"{string.Join(", ", visited)}\n{evidence}");
        Assert.Contains($"{visited[0]} acknowledged shard", evidence, StringComparison.Ordinal);
        await SaysAsync(ground, GroundRole.Storage, "2026.10.1");

        await EndsAsync(ground, "storage", "storage", "2026.11.1", RolloutStatus.Completed);
        await SaysAsync(ground, GroundRole.Storage, "2026.11.1");
        await EndsAsync(ground, "index", "index", "2026.11.1", RolloutStatus.Completed);
        await SaysAsync(ground, GroundRole.Index, "2026.11.1");

        Assert.All(Visits(ground), visit => Assert.NotNull(visit.Reservation));
        Assert.Empty(ground.Held.Charged);
        await reader.AllReadAsync();
        Assert.True(reader.Failures.IsEmpty, string.Join('\n', reader.Failures));
        var report = (await ground.CustomersAsync())!;
        output.WriteLine($"{report}; {reader.Reads} reads of kept objects; {string.Join('\n', report.LastTrouble)}");
        Assert.Equal(0, report.Wrong);
    }

    private async Task EndsAsync(PatchedGround ground, string id, string service, string release, RolloutStatus status)
    {
        var began = TimeProvider.System.GetTimestamp();
        await ground.MustAsync(new StartRollout(id, service, release, service));
        await ground.UntilAsync(() => RolloutOf(ground, id).Ended && ground.State.AtRest, Patience, () => Words(ground, id));
        output.WriteLine($"{id}: {service} {release} {RolloutOf(ground, id).Status} after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s");
        Assert.True(RolloutOf(ground, id).Status == status, Words(ground, id));
    }

    private static async Task SaysAsync(PatchedGround ground, GroundRole role, string version)
    {
        foreach (var host in ground.Supervisor.Plan.Of(role))
        {
            Assert.Equal((host.Id, version), ((await ground.Client.HealthAsync(host, deep: true, CancellationToken.None)) is { } says ? (says.Id, says.Version) : default));
        }
    }

    private static Rollout RolloutOf(PatchedGround ground, string id) => ground.States.Get<Rollout>(RolloutStreams.Of(id));

    private static IEnumerable<Visit> Visits(PatchedGround ground) => ground.Events.Select(one => one.Event).OfType<VisitsBegan>().SelectMany(began => began.Visits);

    private static string Words(PatchedGround ground, string id)
    {
        var run = ground.States.Get<RegionRun>(RunStreams.Of(PatchedGround.Region, id));
        return $"{id} {RolloutOf(ground, id).Status} {RolloutOf(ground, id).Why}; run {run.Phase} {run.Halt?.Why}; pending {string.Join(' ', run.Pending)}"
            + $"\nevidence {RolloutOf(ground, id).Evidence}"
            + $"\nparked {string.Join("; ", ground.State.Parked.Values.Select(one => $"{one.Host} {one.Check} {one.Why} {one.WakeOn}"))}"
            + $"\ncharged {string.Join("; ", ground.Held.Charged.Values.Select(one => $"{one.Host} {one.State} {one.Trouble}"))}";
    }
}
