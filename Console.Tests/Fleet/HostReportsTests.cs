using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using static OpsConsole.Tests.Fleet.FleetWorld;

namespace OpsConsole.Tests.Fleet;

public sealed class HostReportsTests : ICommands
{
    private readonly FleetWorld _world = new();
    private readonly List<CommandRequest> _sent = [];
    private readonly HostReports _reports = new();
    private bool _unavailable;

    public HostReportsTests()
    {
        _world.PlaceAsync(HostOf("a1"), HostOf("a2")).GetAwaiter().GetResult();
        _world.SendAsync(new BeginVisits("r1", [Order("a1"), Order("a2")], 0)).GetAwaiter().GetResult();
    }

    public Rejection? Forbidden(ICommand command, Actor actor) => null;

    public Task<CommandResult> SendAsync(CommandRequest request, CancellationToken cancel = default)
    {
        _sent.Add(request);
        return _unavailable
            ? Task.FromResult(new CommandResult(request.Command.Stream, 0, new Rejection(RejectionKind.Unavailable, "journal.full", "The disk is full.", "", "")))
            : _world.Path.SendAsync(request, cancel);
    }

    [Fact]
    public async Task Answers_of_one_region_go_in_as_one_command_at_the_tick()
    {
        Answer("a1");
        Answer("a2");
        Assert.Empty(_sent);
        await TickAsync();

        Assert.Single(_sent);
        Assert.All(_world.Fleet.Visits.Values, visit => Assert.Equal(HostStep.Install, visit.Step));
        await TickAsync();
        Assert.Single(_sent);
    }

    [Fact]
    public async Task Answers_wait_while_the_console_cannot_commit()
    {
        _unavailable = true;
        Answer("a1");
        await TickAsync();
        Assert.Equal(1, _reports.Waiting);

        _unavailable = false;
        await TickAsync();
        Assert.Equal((0, HostStep.Install), (_reports.Waiting, _world.Fleet.Visits["a1"].Step));
    }

    [Fact]
    public async Task A_flood_is_dropped_beyond_the_stated_bound()
    {
        var report = new StepReport("a1", "none", 1, true, null, new string('x', 2_000));
        for (var i = 0; i < HostReports.Most + 5; i++)
        {
            _reports.Report("r1", report);
        }

        Assert.Equal((HostReports.Most, 5L), (_reports.Waiting, _reports.Dropped));
        await TickAsync();
        Assert.Equal(0, _reports.Waiting);
    }

    [Fact]
    public async Task Answers_for_a_region_the_fleet_does_not_have_are_dropped()
    {
        _reports.Report("nowhere", new StepReport("a1", "x", 1, true, null, null));
        await TickAsync();

        Assert.Empty(_sent);
    }

    [Fact]
    public async Task Expiry_sends_only_where_something_is_due()
    {
        var expiry = new VisitExpiry(_world.States, this, new VisitDeadlines());
        await expiry.TickAsync(_world.Clock.GetUtcNow(), default);
        Assert.Empty(_sent);

        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        await expiry.TickAsync(_world.Clock.GetUtcNow(), default);
        await expiry.TickAsync(_world.Clock.GetUtcNow(), default);
        Assert.Single(_sent);
        Assert.All(_world.Fleet.Hosts.Values, host => Assert.Equal(HostState.Casualty, host.State));
    }

    private void Answer(string host) => _reports.Report("r1", new StepReport(host, _world.Fleet.Visits[host].CommandId, 1, true, null, null));

    private ValueTask TickAsync() => new ReportHandIn(_reports, _world.States, this, InTurn.Only, NullLogger<ReportHandIn>.Instance).TickAsync(_world.Clock.GetUtcNow(), default);
}
