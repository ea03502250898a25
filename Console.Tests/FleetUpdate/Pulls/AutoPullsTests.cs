using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Pulls;
using OpsConsole.Domain.Reservations;
using OpsConsole.Tests.FleetUpdate.Running;

namespace OpsConsole.Tests.FleetUpdate.Pulls;

/// <summary>The rule that decides when the console itself pulls the cord.</summary>
public sealed class AutoPullsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, 2, 0, false)]
    [InlineData(3, 3, 0, true)]
    [InlineData(3, 400, 0, true)]
    [InlineData(3, 2_000, 0, false)]
    [InlineData(3, 3, 61, false)]
    public void Casualties_within_the_window_pull_from_a_number_that_grows_with_the_hosts(int lost, int ended, int minutesAgo, bool pulls)
    {
        var cause = AutoPulls.Of(Lost(lost, ended, Now.AddMinutes(-minutesAgo))).Pull.SingleOrDefault();
        Assert.Equal(pulls, cause is not null);
        Assert.Equal(pulls ? "h0000 h0001 h0002" : "", string.Join(' ', cause?.Hosts ?? []));
    }

    [Fact]
    public void Casualties_that_were_known_at_the_release_pull_no_more_and_further_ones_do()
    {
        var known = new PullLatch("c-1", Now.AddMinutes(-20).ToUnixTimeMilliseconds(), Now.AddMinutes(-20));
        var released = known with { ReleasedAt = Now.AddMinutes(-10) };
        Assert.Empty(AutoPulls.Of(Latched(Lost(9, 9, Now), PullKind.Casualties, known)).Pull);
        Assert.Empty(AutoPulls.Of(Latched(Lost(9, 9, Now.AddMinutes(-15)), PullKind.Casualties, released)).Pull);
        Assert.Single(AutoPulls.Of(Latched(Lost(3, 9, Now.AddMinutes(-5)), PullKind.Casualties, released)).Pull);
    }

    [Theory]
    [InlineData(1, 4, 8.0, 60, false)]
    [InlineData(0, 4, 8.0, 29, false)]
    [InlineData(0, 4, 8.0, 30, true)]
    [InlineData(-1, 4, 8.0, 30, true)]
    [InlineData(0, 0, 8.0, 60, false)]
    [InlineData(4, 4, 5.9, 60, true)]
    public void A_store_below_its_floor_for_long_enough_pulls(int slack, int whole, double nines, int seconds, bool pulls)
    {
        var policy = new AutoPullPolicy { NinesFloor = 6 };
        Assert.Equal(pulls, AutoPulls.Of(Store(new("storage", null, Floor: new(slack, whole, nines, ["h0001"], Now.AddSeconds(-seconds))), policy)).Pull.Length == 1);
    }

    [Fact]
    public void A_store_as_deep_as_at_the_release_pulls_no_more_a_deeper_one_does_and_one_above_long_enough_is_clear()
    {
        var released = new PullLatch("c-1", 1, Now.AddHours(-1), Now.AddMinutes(-30));
        PullStep Step(int slack, int seconds = 60) => AutoPulls.Of(Latched(Store(new("storage", null, Floor: new(slack, 4, 8, [], Now.AddSeconds(-seconds)))), PullKind.DurabilityFloor, released));
        Assert.Empty(Step(0).Pull);
        Assert.Equal(2, Assert.Single(Step(-1).Pull).Mark);
        Assert.Empty(Step(2, seconds: 5).Clear);
        Assert.Equal("DurabilityFloor:storage/eu", Assert.Single(Step(2).Clear));
        Assert.Empty(AutoPulls.Of(Latched(Store(new("storage", null, Floor: new(2, 4, 8, [], Now.AddHours(-1)))), PullKind.DurabilityFloor, released with { ReleasedAt = null })).Clear);
    }

    [Theory]
    [InlineData(301, true, true)]
    [InlineData(299, true, false)]
    [InlineData(301, false, false)]
    [InlineData(null, true, false)]
    public void A_placement_too_old_pulls_while_hosts_with_data_are_worked_on(int? seconds, bool atWork, bool pulls) =>
        Assert.Equal(pulls ? ["h0000"] : [], AutoPulls.Of(Store(new("storage", seconds is { } age ? Now.AddSeconds(-age) : null), atWork: atWork)).Pull.SelectMany(cause => cause.Hosts));

    [Fact]
    public void The_limit_on_a_placements_age_is_never_below_that_for_grants()
    {
        var input = Store(new("storage", Now.AddMinutes(-20)));
        Assert.Single(AutoPulls.Of(input).Pull);
        Assert.Empty(AutoPulls.Of(input with { Held = input.Held with { Policy = input.Held.Policy with { PlacementMaxAge = TimeSpan.FromHours(1) } } }).Pull);
    }

    [Fact]
    public void A_store_that_told_nothing_since_the_release_pulls_no_more_and_one_whose_word_is_old_again_does()
    {
        var released = new PullLatch("c-1", Now.AddHours(-1).ToUnixTimeMilliseconds(), Now.AddMinutes(-50), Now.AddMinutes(-40));
        PullStep Step(DateTimeOffset told, bool silent = false) => AutoPulls.Of(Latched(Store(new("storage", told, silent)), PullKind.StalePlacement, released));
        Assert.Empty(Step(Now.AddHours(-1)).Pull);
        Assert.Empty(Step(Now.AddMinutes(-6), silent: true).Pull);
        Assert.Single(Step(Now.AddMinutes(-6)).Pull);
        Assert.Equal("StalePlacement:storage/eu", Assert.Single(Step(Now).Clear));
    }

    [Fact]
    public void A_policy_without_limits_pulls_for_nothing()
    {
        var all = Lost(9, 9, Now);
        Assert.Empty(AutoPulls.Of(all with { Held = all.Held with { Policy = new() { AutoPull = AutoPullPolicy.Off } }, Stores = [new("storage", Now.AddDays(-1), Floor: new(-1, 4, 0, [], Now.AddDays(-1)))] }).Pull);
    }

    private static PullInput Lost(int lost, int ended, DateTimeOffset at)
    {
        var hosts = Enumerable.Range(0, ended).ToImmutableDictionary(n => $"h{n:0000}", n => new HostProgress(1, n < lost ? HostEnd.Casualty : HostEnd.Done, null, at));
        var campaign = new Campaign(MaintenanceWorld.Order(), "person:ada", "because", Now.AddDays(-1), 0) { Hosts = hosts, Ledger = CasualtyLedger.Empty with { All = new(ended, lost) } };
        return new(new("eu") { Campaigns = ImmutableSortedDictionary<string, Campaign>.Empty.Add("m1", campaign) }, new("eu"), Fleet(ended, atWork: false), new(), [], Now);
    }

    private static PullInput Store(StoreSight store, AutoPullPolicy? policy = null, bool atWork = true) =>
        new(new("eu"), new("eu") { Policy = new() { AutoPull = policy ?? new() } }, Fleet(3, atWork), new(), [store], Now);

    private static PullInput Latched(PullInput input, PullKind kind, PullLatch latch) => input with { Cord = input.Cord with { Latches = input.Cord.Latches.Add(PullCause.KeyOf(kind, "storage", "eu"), latch) } };

    private static RegionFleet Fleet(int hosts, bool atWork)
    {
        var decider = new FleetDecider();
        var placed = Enumerable.Range(0, hosts).Select(n => new Host($"h{n:0000}", "commercial", "eu", "eua", $"r{n}", HostRole.Storage, "storage", "m1", 0, HostDriver.Simulated));
        var fleet = decider.Apply(new("eu"), new HostsPlaced("commercial", [.. placed], []), Now);
        return atWork ? decider.Apply(fleet, new VisitsBegan([new("v1", "h0000", VisitPurpose.Forward, "2.0", null, null, 1, Now, Now.AddHours(1))]), Now) : fleet;
    }
}
