using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.Fleet;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Regions have writers of their own, side by side; names are unique in the whole fleet all the same, however slow the disk is.</summary>
[Trait("Category", "Scenario")]
public sealed class PlacementScenarios
{
    private readonly SlowJournal _journal = new();
    private readonly StreamStates _states = new([new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider())]);
    private readonly CommandPath _path;

    public PlacementScenarios() => _path = new(_journal, _states, [], new ManualClock());

    [Fact]
    public async Task Two_regions_that_claim_one_AZ_at_once_do_not_both_get_it()
    {
        var eu = PlaceAsync(FleetWorld.HostOf("eu-1", az: "shared-a", region: "eu"));
        var us = PlaceAsync(FleetWorld.HostOf("us-1", az: "shared-a", region: "us"));

        await OneCommitAtATimeAsync(eu, us);

        Assert.True((await eu).Accepted);
        Assert.Equal("fleet.az-elsewhere", (await us).Rejection?.Code);
        Assert.Equal("shared-a", Assert.Single(_states.All<RegionFleet>(FleetStreams.Family).SelectMany(fleet => fleet.State.Azs.Keys)));
    }

    [Fact]
    public async Task Two_regions_that_claim_one_host_at_once_do_not_both_get_it()
    {
        var eu = PlaceAsync(FleetWorld.HostOf("h-1", az: "eu-a", region: "eu"));
        var us = PlaceAsync(FleetWorld.HostOf("h-1", az: "us-a", region: "us"));

        await OneCommitAtATimeAsync(eu, us);

        Assert.Equal((true, "fleet.host-elsewhere"), ((await eu).Accepted, (await us).Rejection?.Code));
    }

    [Fact]
    public async Task A_placement_whose_commit_failed_keeps_no_name_from_the_next()
    {
        var eu = PlaceAsync(FleetWorld.HostOf("eu-1", az: "shared-a", region: "eu"));
        var us = PlaceAsync(FleetWorld.HostOf("us-1", az: "shared-a", region: "us"));
        _journal.FailNext();

        await OneCommitAtATimeAsync(us);

        Assert.Equal("journal.full", (await eu).Rejection?.Code);
        Assert.True((await us).Accepted);
    }

    [Fact]
    public async Task What_happens_in_a_region_waits_for_no_placement_elsewhere()
    {
        _journal.Hold = false;
        await PlaceAsync(FleetWorld.HostOf("eu-1", az: "eu-a", region: "eu"));
        _journal.Hold = true;
        var us = PlaceAsync(FleetWorld.HostOf("us-1", az: "us-a", region: "us"));
        _journal.Hold = false;

        var begun = await _path.SendAsync(new(new BeginVisits("eu", [FleetWorld.Order("eu-1")], 0), Domain.Access.Actor.Engine));

        Assert.True(begun.Accepted, begun.Rejection?.ToString());
        Assert.False(us.IsCompleted);
        await OneCommitAtATimeAsync(us);
    }

    private Task<CommandResult> PlaceAsync(Host host) => _path.SendAsync(new(new PlaceHosts(host.Region, host.Partition, [host], []), Domain.Access.Actor.Engine));

    /// <summary>Commits what is queued, then what was queued because of that, until all are answered.</summary>
    private async Task OneCommitAtATimeAsync(params Task<CommandResult>[] sent)
    {
        var all = Task.WhenAll(sent);
        for (var commits = 0; !all.IsCompleted; commits++)
        {
            Assert.True(commits < 1_000, "a command was never answered");
            _journal.Commit();
            await Task.WhenAny(all, Task.Delay(5));
        }
    }

    /// <summary>A journal whose commits happen when the test says so.</summary>
    private sealed class SlowJournal : IJournal
    {
        private readonly MemoryJournal _inner = new();
        private readonly Queue<Append> _queue = new();

        public bool Hold { get; set; } = true;

        public long Generation { get; private set; }

        public Rejection? Enqueue(Append append, long generation)
        {
            lock (_queue)
            {
                if (Hold)
                {
                    _queue.Enqueue(append);
                    return null;
                }
            }

            return _inner.Enqueue(append, 0);
        }

        public void Commit()
        {
            lock (_queue)
            {
                while (_queue.TryDequeue(out var append))
                {
                    _inner.Enqueue(append, 0);
                }
            }
        }

        public void FailNext()
        {
            lock (_queue)
            {
                Generation++;
                while (_queue.TryDequeue(out var append))
                {
                    append.OnFailed(new(RejectionKind.Unavailable, "journal.full", "Nothing was done.", "The disk is full.", "Make room."));
                }
            }
        }

        public KeyedResult? FindKey(string idempotencyKey) => _inner.FindKey(idempotencyKey);

        public IAsyncEnumerable<Loaded> LoadAsync(CancellationToken cancel) => _inner.LoadAsync(cancel);

        public void SaveSnapshot(StreamId stream, long version, object state) => _inner.SaveSnapshot(stream, version, state);

        public Task<AuditPage> ReadBackAsync(AuditQuery query, CancellationToken cancel) => _inner.ReadBackAsync(query, cancel);
    }
}
