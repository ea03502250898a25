using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Fleet;

/// <summary>A command path over fleets, in memory, with a clock that stands still.</summary>
internal sealed class FleetWorld
{
    public FleetWorld(MemoryJournal? journal = null)
    {
        Journal = journal ?? new MemoryJournal();
        States = new StreamStates([
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider()),
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider())]);
        Path = new CommandPath(Journal, States, [], Clock);
    }

    public ManualClock Clock { get; } = new();

    public MemoryJournal Journal { get; }

    public StreamStates States { get; }

    public CommandPath Path { get; }

    public RegionFleet Fleet => FleetOf("r1");

    public RegionFleet FleetOf(string region) => States.Get<RegionFleet>(FleetStreams.Of(region));

    public Task<CommandResult> SendAsync(ICommand command) => Path.SendAsync(new(command, Actor.Engine));

    public Task<CommandResult> PlaceAsync(params Host[] hosts) => SendAsync(new PlaceHosts(hosts[0].Region, hosts[0].Partition, [.. hosts], []));

    public Task<CommandResult> BeginAsync(string host, VisitPurpose purpose = VisitPurpose.Forward, string? id = null, string release = "v2") =>
        SendAsync(new BeginVisits("r1", [Order(host, purpose, id, release)], 0));

    public Task<CommandResult> ReportAsync(string host, bool succeeded = true, string? release = "v2", long? token = null, string? command = null)
    {
        var visit = Fleet.Visits[host];
        return SendAsync(new ReportSteps("r1", [new StepReport(host, command ?? visit.CommandId, token ?? visit.Token, succeeded, release, succeeded ? null : "it broke")]));
    }

    public async Task FinishAsync(string host, string release = "v2")
    {
        while (Fleet.Visits[host].Status == VisitStatus.Active)
        {
            await ReportAsync(host, release: release);
        }
    }

    public static Host HostOf(string id, string az = "r1a", string region = "r1", HostDriver driver = HostDriver.Simulated) =>
        new(id, "p1", region, az, "k1", HostRole.Web, "web", "m1", 0, driver);

    public static VisitOrder Order(string host, VisitPurpose purpose = VisitPurpose.Forward, string? id = null, string release = "v2") =>
        new(id ?? $"x/{host}/{purpose}", host, purpose, purpose is VisitPurpose.Forward or VisitPurpose.Rollback ? release : null, null, "x", TimeSpan.FromMinutes(10));
}
