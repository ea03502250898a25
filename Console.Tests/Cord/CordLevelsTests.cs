using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations;
using OpsConsole.Tests.Reservations;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Cord;

/// <summary>What each level of the cord stops: new work, grants not begun, commands under way.</summary>
public sealed class CordLevelsTests
{
    private static readonly Actor Ada = Actor.Person("ada", Role.Admin);
    private readonly ManualClock _clock = new();
    private readonly List<HostCommand> _sent = [];
    private readonly StreamStates _states;
    private readonly HostGate _gate;
    private readonly ReservationTick _tick;
    private readonly CommandPath _path;

    public CordLevelsTests()
    {
        var decider = new ReservationDecider(new OneAuthority(new Domain.Reservations.Safety.StatelessAuthority()));
        _states = new StreamStates([
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()),
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider(new CordVisits(), new ReservedHosts())),
            new StreamFamily<RegionReservations>(ReservationStreams.Family, regional: true, decider)]);
        _gate = new HostGate(_states, [new Recorder(_sent)], _clock, InTurn.Only);
        _path = new CommandPath(new MemoryJournal(), _states, [_gate], _clock);
        _tick = new ReservationTick(_states, _path, new());
    }

    private RegionReservations Held => _states.Get<RegionReservations>(ReservationStreams.Of("r1"));

    [Theory]
    [InlineData(CordMode.HoldNew)]
    [InlineData(CordMode.HaltNotBegun)]
    public async Task Work_under_way_is_finished_and_nothing_new_begins(CordMode mode)
    {
        await PlaceAsync();
        Assert.True((await BeginAsync("h1")).Accepted);
        await PullAsync(mode);

        await _gate.TickAsync(_clock.GetUtcNow(), CancellationToken.None);
        Assert.Equal("h1", Assert.Single(_sent).Host.Id);
        Assert.Equal("fleet.cord", (await BeginAsync("h4")).Rejection?.Code);
        Assert.Equal("reservation.emergency-cord-pulled", (await AskAsync("h4", WorkerKind.PlannedAutomation)).Rejection?.Code);
    }

    [Theory]
    [InlineData(CordMode.Halt)]
    [InlineData(CordMode.HaltAndRollBack)]
    [InlineData(CordMode.ReadOnly)]
    public async Task The_stricter_levels_stop_what_is_under_way_too(CordMode mode)
    {
        await PlaceAsync();
        await BeginAsync("h1");
        await PullAsync(mode);

        await _gate.TickAsync(_clock.GetUtcNow(), CancellationToken.None);
        Assert.Empty(_sent);
    }

    [Theory]
    [InlineData(CordMode.HoldNew, true)]
    [InlineData(CordMode.HaltNotBegun, false)]
    [InlineData(CordMode.Halt, false)]
    [InlineData(CordMode.HaltAndRollBack, false)]
    [InlineData(CordMode.ReadOnly, false)]
    public async Task What_automation_holds_and_has_not_begun_is_taken_back_from_the_second_level_on(CordMode mode, bool kept)
    {
        await PlaceAsync();
        Assert.True((await AskAsync("h1", WorkerKind.PlannedAutomation)).Accepted);
        Assert.True((await AskAsync("h4", WorkerKind.Human)).Accepted);
        Assert.True((await AskAsync("h7", WorkerKind.PlannedAutomation)).Accepted);
        await MustAsync(new AdvanceReservation("r1", "h7", Held.Charged["h7"].Token, ReservationState.Draining));

        await PullAsync(mode);
        await _tick.TickAsync(_clock.GetUtcNow(), CancellationToken.None);

        Assert.Equal(kept, Held.Charged.ContainsKey("h1"));
        Assert.True(Held.Charged.ContainsKey("h4"), "a person may be at work without having said so");
        Assert.True(Held.Charged.ContainsKey("h7"), "work has begun");
    }

    [Fact]
    public async Task Nothing_resumes_by_itself_after_a_hold()
    {
        await PlaceAsync();
        await AskAsync("h1", WorkerKind.PlannedAutomation);
        await PullAsync(CordMode.HoldNew);
        await MustAsync(new ReleaseCord(_states.Get<CordState>(CordStreams.Only).InForce[0].Id));

        var begun = await _path.SendAsync(new(new AdvanceReservation("r1", "h1", Held.Charged["h1"].Token, ReservationState.Draining), Ada, "because"));
        Assert.Equal("reservation.emergency-cord-pulled", begun.Rejection?.Code);
    }

    private async Task PlaceAsync()
    {
        await MustAsync(new PlaceHosts("r1", "p1", [.. Enumerable.Range(1, 9).Select(n => new Host($"h{n}", "p1", "r1", $"r1{"abc"[(n - 1) % 3]}", $"k{n}", HostRole.Web, "web", "m1", n, HostDriver.Simulated))], []));
        await MustAsync(new SetReservationPolicy("r1", new() { OfflineShare = 1 }));
    }

    private Task<CommandResult> BeginAsync(string host) =>
        _path.SendAsync(new(new BeginVisits("r1", [new($"v-{host}", host, VisitPurpose.Forward, "v2", "sha256:1", "rollout", TimeSpan.FromMinutes(10))], _states.Get<CordState>(CordStreams.Only).Epoch), Actor.Engine, "because"));

    private Task<CommandResult> AskAsync(string host, WorkerKind kind) =>
        _path.SendAsync(new(new RequestReservations("r1", $"q-{host}", [host], kind, [new(ActivityKind.OsPatch)], TimeSpan.FromHours(1)), Ada, "because"));

    private Task PullAsync(CordMode mode) => MustAsync(new PullCord(Scope.Global, mode));

    private async Task MustAsync(ICommand command)
    {
        var answer = await _path.SendAsync(new(command, Ada, "because"));
        Assert.True(answer.Accepted, answer.Rejection?.ToString());
    }

    private sealed class Recorder(List<HostCommand> sent) : Engine.Fleet.IHostDriver
    {
        public HostDriver Kind => HostDriver.Simulated;

        public void Send(HostCommand command) => sent.Add(command);
    }
}
