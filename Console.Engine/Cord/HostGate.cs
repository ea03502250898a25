using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Cord;

/// <summary>
/// The one door host commands leave by. In the step that sends, under the region's lock, it checks the cord, one AZ at a time and the fencing token.
/// A pull of the cord passes through every region's lock before it is acknowledged, so nothing leaves after the acknowledgement.
/// </summary>
public sealed class HostGate(IStates states, IEnumerable<IHostDriver> drivers, TimeProvider clock, IRegionWork work, IEnumerable<IVisitRule>? rules = null) : ICommitObserver, ITickPart
{
    /// <summary>An unanswered command is sent again after this long: commands and replies get lost, and commands are idempotent.</summary>
    public static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(10);

    private readonly ImmutableDictionary<HostDriver, IHostDriver> _drivers = drivers.ToImmutableDictionary(driver => driver.Kind);
    private readonly ImmutableArray<IVisitRule> _rules = [.. rules ?? []];
    private readonly ConcurrentDictionary<string, RegionDoor> _doors = new();

    /// <summary>Called for each command that leaves, inside its region's lock: for tests and benchmarks.</summary>
    public Action<HostCommand>? Left { get; set; }

    /// <summary>Commands that are out and not answered, of hosts the cord holds: what the banner lists as still in flight.</summary>
    public IReadOnlyList<HostCommand> InFlight() =>
        [.. _doors.SelectMany(door => door.Value.Out()).Where(command => Answered(command) is false).OrderBy(command => command.Id, StringComparer.Ordinal)];

    /// <summary>Whether the command of this visit has left and no answer has come.</summary>
    public bool IsOut(string region, Visit visit) => _doors.TryGetValue(region, out var door) && door.Has(visit.Host, visit.CommandId);

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var atWork = states.All<RegionFleet>(FleetStreams.Family).Select(region => region.State).Where(fleet => !fleet.Active.IsEmpty).ToArray();
        await work.ForEachAsync(
            atWork,
            fleet =>
            {
                Dispatch(fleet);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
    }

    public void Committed(ImmutableArray<Recorded> events)
    {
        if (!events.Any(recorded => recorded.Event is CordPulled or CordReleased))
        {
            return;
        }

        // The committed state already shows the change; whoever is inside a door may still act on the old one, nobody after this.
        foreach (var door in _doors.Values)
        {
            door.PassThrough();
        }
    }

    private bool? Answered(HostCommand command) =>
        states.Get<RegionFleet>(FleetStreams.Of(command.Host.Region)).Visits.TryGetValue(command.Host.Id, out var visit) ? visit.CommandId != command.Id || visit.Status != VisitStatus.Active : null;

    private void Dispatch(RegionFleet fleet)
    {
        var door = _doors.GetOrAdd(fleet.Region, name => new RegionDoor(name));
        var now = clock.GetUtcNow();
        foreach (var visit in door.Due(fleet, now))
        {
            door.Send(visit, now, May, Leave);
        }

        door.Forget(fleet);
    }

    /// <summary>Runs under the region's lock, on the newest committed state; null where the command must not leave now.</summary>
    private HostCommand? May(Visit visit, string region, DateTimeOffset now)
    {
        var fleet = states.Get<RegionFleet>(FleetStreams.Of(region));
        if (!fleet.Visits.TryGetValue(visit.Host, out var newest) || newest != visit || now >= visit.Deadline)
        {
            return null;
        }

        var host = fleet.Hosts[visit.Host];
        var cord = states.Get<CordState>(CordStreams.Only);
        var mayLeave = visit.Token == host.Token
            && cord.Stops(host, visit) is null
            && !cord.StoppedSince(host, visit.CordEpoch)
            && _rules.All(rule => rule.MayLeave(visit, region, states))
            && AloneInRegion(fleet, host, visit);
        return mayLeave ? new HostCommand(visit.CommandId, host, visit.Step, visit.Purpose, visit.Release, visit.Digest, visit.Token, visit.Deadline) { Changes = visit.Changes } : null;
    }

    private void Leave(HostCommand command)
    {
        Left?.Invoke(command);
        _drivers[command.Host.Driver].Send(command);
    }

    /// <summary>Law 5, at the last moment: no other AZ of the region is being changed.</summary>
    private static bool AloneInRegion(RegionFleet fleet, Host host, Visit visit) =>
        visit.Purpose is VisitPurpose.ReadOnlyOn or VisitPurpose.ReadOnlyOff
        || fleet.Active.Count == 1
        || !fleet.Active.Any(az => az.Key != host.Az && az.Value.Any(other => fleet.Visits[other].Purpose is VisitPurpose.Forward or VisitPurpose.Rollback));
}
