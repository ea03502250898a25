using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Tests.FleetUpdate.Travelling;

/// <summary>What a run wants of hosts that keep data, from its state alone.</summary>
public sealed class StatefulDemandTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_batch_in_work_gives_out_as_many_hosts_as_the_capacity_floor_leaves()
    {
        var run = Working();
        Assert.Equal(["h1", "h2"], Of(run, floor: 50).Hosts.AsEnumerable());
        Assert.Equal(["h1"], Of(run, floor: 75).Hosts.AsEnumerable());

        // A host that is out already costs nothing, and takes room from the others.
        Assert.Equal(["h1", "h3"], Of(run, floor: 50, state: host => host == "h3" ? HostState.Casualty : HostState.InService).Hosts.AsEnumerable());

        // One that was given out before keeps its place.
        Assert.Equal(["h3"], Of(run, floor: 75, work: new Given("h3")).Hosts.AsEnumerable());
        Assert.Equal(["h2", "h3", "h4"], Of(Working() with { Confirmed = ["h1"] }, floor: 0).Hosts.AsEnumerable());
    }

    [Theory]
    [InlineData(RolloutStatus.Running, null, DemandKind.Go)]
    [InlineData(RolloutStatus.Paused, null, DemandKind.Hold)]
    [InlineData(RolloutStatus.NeedsOperator, null, DemandKind.Hold)]
    [InlineData(RolloutStatus.Running, HaltKind.Bad, DemandKind.Hold)]
    [InlineData(RolloutStatus.Stopped, HaltKind.Cord, DemandKind.Hold)]
    [InlineData(RolloutStatus.Stopped, HaltKind.Abort, DemandKind.Hold)]
    [InlineData(RolloutStatus.RollingBack, HaltKind.Bad, DemandKind.GiveUp)]
    [InlineData(RolloutStatus.RollingBack, HaltKind.Rollback, DemandKind.GiveUp)]
    [InlineData(RolloutStatus.Abandoned, HaltKind.Abort, DemandKind.GiveUp)]
    [InlineData(RolloutStatus.Superseded, null, DemandKind.GiveUp)]
    public void Whatever_stops_the_run_or_the_rollout_stops_what_it_wants(RolloutStatus status, HaltKind? halt, DemandKind kind)
    {
        var demand = Of(Working() with { Halt = halt is { } why ? new(why, "because", Now, null, null) : null }, status: status);
        Assert.Equal((kind, kind == DemandKind.Go), (demand.Kind, !demand.Hosts.IsEmpty));
        Assert.Equal(kind == DemandKind.Go, demand.Why.Length == 0);
    }

    [Fact]
    public void The_calendar_a_new_attempt_and_the_end_of_the_stage_are_told_apart()
    {
        Assert.Equal(DemandKind.Hold, Of(Working() with { Held = new(["season"], Now) }).Kind);
        Assert.Equal(DemandKind.Hold, Of(Working() with { Attempt = 2 }).Kind);
        Assert.Equal(DemandKind.Done, Of(Working() with { Phase = RunPhase.Done, Confirmed = ["h1", "h2", "h3", "h4"] }).Kind);
        Assert.Empty(Of(Working() with { Phase = RunPhase.Baking }).Hosts);
        Assert.Null(StatefulDemand.Of(Working(), Input(stateful: false)));
        Assert.Null(StatefulDemand.Of(new("eu", "r1"), Input()));
    }

    [Fact]
    public void A_host_is_confirmed_by_its_own_word_and_lost_by_the_campaigns()
    {
        var settled = StatefulFactsOf(new Given("h4") { Fates = { ["h1"] = new(false, "", Now), ["h2"] = new(false, "", Now), ["h3"] = new(true, "it did not come back", Now) } }, says: host => host == "h1" ? "2.0" : "1.0");
        Assert.Equal(["h1"], settled.Confirmed.AsEnumerable());
        Assert.Equal([("h2", "it was given back and says release 1.0"), ("h3", "it did not come back")], settled.Casualties.Select(one => (one.Host, one.Detail)));
    }

    private static HostsSettled StatefulFactsOf(IStatefulWork work, Func<string, string> says)
    {
        var input = Input(work: work, says: says);
        var decided = new RunDecider().Decide(Working(), new AdvanceRun("eu", "r1", null), new(Now, Domain.Access.Actor.Engine, null, new Rollouts.Calendar.GivenStates((RolloutStreams.Of("r1"), input.Rollout), (FleetStreams.Of("eu"), input.Fleet), (StatefulWork.Of("eu"), work))));
        return decided.Events.OfType<HostsSettled>().Single();
    }

    private static RegionRun Working() => new("eu", "r1") { Stage = 0, Batch = 0, Az = "a", Phase = RunPhase.Working, Touched = ["h1", "h2", "h3", "h4"], BatchSince = Now, StageSince = Now, AzSince = Now };

    private static StatefulDemand Of(RegionRun run, int floor = 50, RolloutStatus status = RolloutStatus.Running, Func<string, HostState>? state = null, IStatefulWork? work = null) => StatefulDemand.Of(run, Input(floor, status, state, work))!;

    private static RunInput Input(int floor = 50, RolloutStatus status = RolloutStatus.Running, Func<string, HostState>? state = null, IStatefulWork? work = null, bool stateful = true, Func<string, string>? says = null)
    {
        ImmutableArray<string> names = ["h1", "h2", "h3", "h4"];
        var plan = new RolloutPlan("storage", "2.0", "sha256:0", "1.0", [new("one", [new([new("eu", "commercial", [new("a", BatchKind.Batch, names, Bake.None)])])])]) { Stateful = stateful };
        var rollout = new Rollout("r1") { Plan = plan, Pipeline = new("storage", "storage", []) { CapacityFloor = floor }, Status = status, Stage = 0, Why = "because", Since = Now };
        ImmutableArray<Host> hosts = [.. names.Select(name => new Host(name, "commercial", "eu", "a", "r1", HostRole.Storage, "storage", "m1", 0, HostDriver.Simulated) { Release = says?.Invoke(name) ?? "1.0", State = state?.Invoke(name) ?? HostState.InService })];
        var fleet = new FleetDecider().Apply(new FleetDecider().Initial(FleetStreams.Of("eu")), new HostsPlaced("commercial", hosts, []), Now);
        var builder = fleet.Hosts.ToBuilder();
        foreach (var host in hosts)
        {
            builder[host.Id] = host;
        }

        fleet = fleet with { Hosts = builder.ToImmutable(), Tally = FleetTally.Of(hosts) };
        return new(rollout, fleet, new CordState(), null, Now) { Work = work };
    }

    private sealed class Given(string open) : IStatefulWork
    {
        public Dictionary<string, HostFate> Fates { get; } = [];

        public HostFate? FateOf(WorkKey work, string host) => Fates.GetValueOrDefault(host);

        public bool IsOpen(WorkKey work, string host) => host == open;

        public Wait? WaitOf(WorkKey work, IReadOnlyList<string> hosts, DateTimeOffset since, DateTimeOffset until, DateTimeOffset now) => null;
    }
}
