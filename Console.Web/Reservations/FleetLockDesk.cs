using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations;

namespace OpsConsole.Web.Reservations;

/// <summary>One call of a FleetLock client.</summary>
internal sealed record FleetLockCall(Actor Actor, string Group, string Id);

/// <summary>
/// Finds the host a client means and asks the gate for it. A group is one of a region's policy, or else the name of an AZ; an id is one of the group's, or else a host's.
/// The protocol knows no leases: a lock has its group's, lengthened each time its holder asks again, and one that runs out leaves its host suspect.
/// </summary>
internal sealed class FleetLockDesk(IStates states, ICommands commands, ReservationDesk desk, FleetSummaries fleet)
{
    public async Task<IResult> LockAsync(FleetLockCall call, CancellationToken cancel)
    {
        if (Find(call) is not { } place)
        {
            return FleetLock.Error(StatusCodes.Status400BadRequest, "unknown_group", $"No region has a group '{call.Group}', and it is no AZ.");
        }

        if (Host(place, call) is not { } host)
        {
            return FleetLock.Error(StatusCodes.Status400BadRequest, "unknown_host", $"'{call.Id}' is no host of the group {call.Group}.");
        }

        var held = place.Held.Charged.GetValueOrDefault(host.Id);
        var ttl = place.Group.Ttl ?? LockGroup.UsualTtl;
        if (held is { Live: true } && held.Group == call.Group && held.Worker.Name == call.Actor.Id)
        {
            return Done(await SendAsync(new RenewReservation(place.Held.Region, host.Id, held.Token, ttl), call, "FleetLock asks again", cancel));
        }

        // Two calls at once make the same id, and so one grant.
        var next = (place.Held.LastToken(host.Id) + 1).ToString(CultureInfo.InvariantCulture);
        var request = new RequestReservations(place.Held.Region, $"fleetlock/{call.Group}/{call.Id}/{next}", [host.Id], WorkerKind.PlannedAutomation, [new(ActivityKind.Reboot)], ttl)
        {
            Partition = fleet.Region(place.Held.Region).Partition,
            Group = call.Group,
        };
        var answer = await desk.RequestAsync(new(request, call.Actor, "FleetLock: before a reboot", Cause: "fleetlock"), cancel);
        return answer.Result.Rejection is { } refused ? FleetLock.Refused(refused)
            : answer.Granted.IsEmpty ? FleetLock.Error(StatusCodes.Status423Locked, "lock_lost", "The lock was given back meanwhile; ask again.")
            : Results.Ok();
    }

    /// <summary>What is not held is released already: clients ask again after every start.</summary>
    public async Task<IResult> UnlockAsync(FleetLockCall call, CancellationToken cancel)
    {
        if (Find(call) is not { } place)
        {
            return FleetLock.Error(StatusCodes.Status400BadRequest, "unknown_group", $"No region has a group '{call.Group}', and it is no AZ.");
        }

        return Host(place, call) is not { } host || !place.Held.Charged.TryGetValue(host.Id, out var held) || held.Group != call.Group
            ? Results.Ok()
            : Done(await SendAsync(new ReleaseReservation(place.Held.Region, host.Id, held.Token, HostHealth.Healthy), call, "FleetLock: steady state", cancel));
    }

    private static IResult Done(CommandResult result) => result.Rejection is { } refused ? FleetLock.Refused(refused) : Results.Ok();

    private Task<CommandResult> SendAsync(HolderCommand command, FleetLockCall call, string reason, CancellationToken cancel) =>
        commands.SendAsync(new(command with { Partition = fleet.Region(command.Region).Partition }, call.Actor, reason, Cause: "fleetlock"), cancel);

    private (RegionReservations Held, LockGroup Group)? Find(FleetLockCall call)
    {
        var named = states.All<RegionReservations>(ReservationStreams.Family).Select(one => one.State).Where(one => one.Policy.Groups.ContainsKey(call.Group)).MinBy(one => one.Region, StringComparer.Ordinal);
        if (named is not null)
        {
            return (named, named.Policy.Groups[call.Group]);
        }

        var region = states.All<RegionFleet>(FleetStreams.Family).FirstOrDefault(one => one.State.Azs.ContainsKey(call.Group))?.State.Region;
        return region is null ? null : (states.Get<RegionReservations>(ReservationStreams.Of(region)), new LockGroup(1, Az: call.Group));
    }

    private Host? Host((RegionReservations Held, LockGroup Group) place, FleetLockCall call) =>
        fleet.Region(place.Held.Region).Hosts.TryGetValue(place.Group.Ids.GetValueOrDefault(call.Id, call.Id), out var host)
        && (place.Group.Service is null || host.Service == place.Group.Service)
        && (place.Group.Az is null || host.Az == place.Group.Az) ? host : null;
}
