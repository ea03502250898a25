using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>Tells the fleet which hosts are held: by a live reservation of somebody else.</summary>
public sealed class HostHolds : IHostHolds
{
    public HostHold? On(IStates states, string region, string host, string? rollout) =>
        states.Get<RegionReservations>(ReservationStreams.Of(region)).Charged.TryGetValue(host, out var held) && held.Live && (rollout is null || held.Worker.OnBehalfOf != rollout)
            ? new(held.Worker.Name, held.GrantedAt, held.Expires, held.Reason)
            : null;
}
