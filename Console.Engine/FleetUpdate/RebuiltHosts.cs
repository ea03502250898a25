using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.FleetUpdate;

/// <summary>
/// Ends the charge of a suspect host whose data lies elsewhere now: its store, asked anew, has no set on it, every extent of the store is whole, and nothing waits for repair. A store that does not tell of its
/// bytes proves nothing, and then a person says so.
/// </summary>
public sealed class RebuiltHosts(IEnumerable<IPlacementSource> sources, IStates states, ICommands commands) : ITickPart
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private DateTimeOffset _looked;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (now - _looked < Every)
        {
            return;
        }

        _looked = now;
        foreach (var region in states.All<RegionReservations>(ReservationStreams.Family).Select(one => one.State).Where(one => one.Casualties > 0))
        {
            var fleet = states.Get<RegionFleet>(FleetStreams.Of(region.Region));
            foreach (var suspect in region.Suspects.OrderBy(one => one.Host, StringComparer.Ordinal))
            {
                if (fleet.Hosts.TryGetValue(suspect.Host, out var host) && host.Role != HostRole.Web && Rebuilt(host, suspect, now))
                {
                    await commands.SendAsync(new(new RebuildFinished(region.Region, suspect.Host, suspect.Token), Actor.Engine, "its store has no set on it, and every extent is whole", Cause: "rebuilt"), cancel).ConfigureAwait(false);
                }
            }
        }
    }

    private bool Rebuilt(Host host, Reservation suspect, DateTimeOffset now)
    {
        var store = sources.Select(source => source.Now(new(host.Service, host.Region))).FirstOrDefault(one => one is not null);
        if (store is not { At: { } at, Integrity: { Queue: 0 } integrity } || now - at > Fresh || at <= suspect.Since || store.Placement.Epoch <= suspect.PlacementEpoch)
        {
            return false;
        }

        var whole = integrity.BySlack.Length > 0 && integrity.BySlack[..^1].All(count => count == 0) && integrity.BySlack[^1] > 0;
        return whole && !store.Placement.Members.Any(place => place >= 0 && store.Placement.Hosts[place].Id == host.Id);
    }
}
