using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Cord;

public sealed class HostGateTests
{
    private static readonly Actor Ada = Actor.Person("ada", Role.Admin);
    private readonly ManualClock _clock = new();
    private readonly List<HostCommand> _sent = [];
    private readonly HostGate _gate;
    private readonly CommandPath _path;

    public HostGateTests()
    {
        var states = new StreamStates([
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()),
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider())]);
        _gate = new HostGate(states, [new Recorder(_sent)], _clock, InTurn.Only);
        _path = new CommandPath(new MemoryJournal(), states, [_gate], _clock);
    }

    [Fact]
    public async Task A_command_leaves_once_and_again_only_when_no_answer_came()
    {
        await BeginAsync("r1a-1");
        await TickAsync();
        await TickAsync();
        Assert.Single(_sent);

        _clock.Advance(HostGate.ResendAfter);
        await TickAsync();
        Assert.Equal(2, _sent.Count);
        Assert.Equal(_sent[0].Id, _sent[1].Id);
    }

    [Fact]
    public async Task An_answer_lets_the_next_step_leave()
    {
        await BeginAsync("r1a-1");
        await TickAsync();
        await _path.SendAsync(new(new ReportSteps("r1", [new("r1a-1", _sent[0].Id, _sent[0].Token, true, null, null)]), Actor.Agent("r1a-1")));
        await TickAsync();
        Assert.Equal([HostStep.Drain, HostStep.Install], _sent.Select(command => command.Step));
    }

    [Fact]
    public async Task Nothing_leaves_while_the_cord_is_pulled()
    {
        await BeginAsync("r1a-1");
        await PullAsync(CordMode.Halt);
        await TickAsync();
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task What_was_planned_before_a_pull_does_not_leave_after_its_release_either()
    {
        await BeginAsync("r1a-1");
        await PullAsync(CordMode.Halt);
        await _path.SendAsync(new(new ReleaseCord("c-1"), Ada, "false alarm"));
        await TickAsync();
        Assert.Empty(_sent);

        await _path.SendAsync(new(new CancelVisits("r1", ["v-r1a-1"], "cord"), Actor.Engine));
        await BeginAsync("r1a-1", "again", epoch: 2);
        await TickAsync();
        Assert.Single(_sent);
    }

    [Fact]
    public async Task A_pull_elsewhere_holds_nothing_back()
    {
        await BeginAsync("r1a-1");
        await _path.SendAsync(new(new PlaceHosts("r2", "p1", [new("r2a-1", "p1", "r2", "r2a", "k1", HostRole.Web, "web", "m1", 0, HostDriver.Simulated)], []), Actor.Engine));
        await _path.SendAsync(new(new PullCord(Scope.OfRegion("r2"), CordMode.Halt), Ada, "why"));
        await TickAsync();
        Assert.Single(_sent);
    }

    [Fact]
    public async Task A_command_whose_deadline_has_passed_does_not_leave()
    {
        await BeginAsync("r1a-1");
        _clock.Advance(TimeSpan.FromHours(1));
        await TickAsync();
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task What_is_out_and_unanswered_is_listed_as_in_flight()
    {
        await BeginAsync("r1a-1");
        await TickAsync();
        await PullAsync(CordMode.Halt);
        Assert.Equal("v-r1a-1/Drain", Assert.Single(_gate.InFlight()).Id);

        await _path.SendAsync(new(new ReportSteps("r1", [new("r1a-1", _sent[0].Id, _sent[0].Token, true, null, null)]), Actor.Agent("r1a-1")));
        Assert.Empty(_gate.InFlight());
    }

    private async Task BeginAsync(string host, string visit = "v", long epoch = 0)
    {
        var az = host[..3];
        ImmutableArray<Host> hosts = [new(host, "p1", "r1", az, "k1", HostRole.Web, "web", "m1", 0, HostDriver.Simulated)];
        await _path.SendAsync(new(new PlaceHosts("r1", "p1", hosts, []), Actor.Engine));
        var began = await _path.SendAsync(new(new BeginVisits("r1", [new($"{visit}-{host}", host, VisitPurpose.Forward, "2", "sha256:2", "r", TimeSpan.FromMinutes(5))], epoch), Actor.Engine));
        Assert.Null(began.Rejection);
    }

    private Task<CommandResult> PullAsync(CordMode mode) => _path.SendAsync(new(new PullCord(Scope.Global, mode), Ada, "why"));

    private async Task TickAsync() => await _gate.TickAsync(_clock.GetUtcNow(), CancellationToken.None);

    private sealed class Recorder(List<HostCommand> sent) : IHostDriver
    {
        public HostDriver Kind => HostDriver.Simulated;

        public void Send(HostCommand command) => sent.Add(command);
    }
}
