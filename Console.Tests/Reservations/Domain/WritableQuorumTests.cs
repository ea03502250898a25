using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Reservations;

/// <summary>Read-only asks first whether enough members of the index can still be written to.</summary>
public sealed class WritableQuorumTests
{
    private static readonly Actor Ada = Actor.Person("ada", Role.Admin);

    [Theory]
    [InlineData("az:r1a", null)]
    [InlineData("store:storage/r1", null)]
    [InlineData("region:r1", "cord.quorum")]
    [InlineData("service:index", "cord.quorum")]
    [InlineData("global", "cord.quorum")]
    public async Task A_majority_of_each_quorum_must_stay_writable(string scope, string? code)
    {
        var (path, _) = await StartedAsync();
        var answer = await PullAsync(path, scope);
        Assert.Equal(code, answer.Rejection?.Code);
        Assert.Equal(code is null ? null : "i1a,i1b,i1c", answer.Rejection?.Evidence["members"]);
        Assert.True((await PullAsync(path, scope, CordMode.HaltAndRollBack)).Accepted, "what only stops is never refused");
    }

    [Fact]
    public async Task Members_that_another_pull_made_read_only_count_as_not_writable()
    {
        var (path, states) = await StartedAsync();
        Assert.True((await PullAsync(path, "az:r1a")).Accepted);
        var refused = (await PullAsync(path, "az:r1b")).Rejection!;
        Assert.Equal(("cord.quorum", "i1b", "1", "2"), (refused.Code, refused.Evidence["members"], refused.Evidence["writable"], refused.Evidence["needed"]));
        Assert.Single(states.Get<CordState>(CordStreams.Only).InForce);
    }

    [Fact]
    public async Task Members_that_are_reserved_count_as_not_writable()
    {
        var (path, _) = await StartedAsync();
        await MustAsync(path, new RequestReservations("r1", "q1", ["i1b"], WorkerKind.Human, [new(ActivityKind.OsPatch)], TimeSpan.FromHours(1)));
        Assert.Equal("cord.quorum", (await PullAsync(path, "az:r1a")).Rejection?.Code);

        // The one that is away anyway takes nothing from the quorum.
        Assert.True((await PullAsync(path, "az:r1b")).Accepted);
    }

    [Fact]
    public async Task A_quorum_nobody_knows_is_not_taken_for_one_that_holds()
    {
        var (path, _) = await StartedAsync(known: false);
        Assert.Equal("cord.quorum-unknown", (await PullAsync(path, "az:r1a")).Rejection?.Code);
        Assert.True((await PullAsync(path, "service:storage")).Accepted);
    }

    private static async Task<(CommandPath Path, StreamStates States)> StartedAsync(bool known = true)
    {
        ISafetyAuthority index = known ? new PlacedSetsAuthority("index", new(1, null, [new(AzLost: false, ExtraFailures: 0)], [new("index-0", ["i1a", "i1b", "i1c"], 2)])) : new ScriptedAuthority(_ => SafetyAnswer.NoData);
        var authorities = new OneAuthority(index);
        var states = new StreamStates([
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider(new WritableQuorum(authorities))),
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider()),
            new StreamFamily<RegionReservations>(ReservationStreams.Family, regional: true, new ReservationDecider(authorities))]);
        var path = new CommandPath(new MemoryJournal(), states, [], new ManualClock());
        var hosts = from az in new[] { "a", "b", "c" } from role in new[] { HostRole.Index, HostRole.Storage } select new Host($"{(role == HostRole.Index ? "i" : "s")}1{az}", "p1", "r1", $"r1{az}", "k1", role, role == HostRole.Index ? "index" : "storage", "m1", 0, HostDriver.Simulated);
        await MustAsync(path, new PlaceHosts("r1", "p1", [.. hosts], []));
        await MustAsync(path, new SetReservationPolicy("r1", new() { OfflineShare = 1 }));
        return (path, states);
    }

    private static Task<CommandResult> PullAsync(CommandPath path, string scope, CordMode mode = CordMode.ReadOnly) => path.SendAsync(new(new PullCord(Scope.Parse(scope)!, mode), Ada, "because"));

    private static async Task MustAsync(CommandPath path, ICommand command)
    {
        var answer = await path.SendAsync(new(command, Ada, "because"));
        Assert.True(answer.Accepted, answer.Rejection?.ToString());
    }
}
