using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Reservations;

/// <summary>Makes hosts of leases that ran out suspect, takes back what the cord takes back, and journals counts of denials once a minute. Where nothing is due it costs one comparison a region.</summary>
public sealed class ReservationTick(IStates states, ICommands commands, DenialCounts denials) : ITickPart
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(1);
    private DateTimeOffset _counted;
    private long _cordSettled = -1;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var region in states.All<RegionReservations>(ReservationStreams.Family).Where(one => one.State.NextExpiry <= now))
        {
            await commands.SendAsync(new(new ExpireReservations(region.State.Region), Actor.Engine, Cause: "tick"), cancel).ConfigureAwait(false);
        }

        await RevokeAsync(cancel).ConfigureAwait(false);
        if (now - _counted >= CountEvery)
        {
            _counted = now;
            foreach (var (region, counts) in denials.Take())
            {
                if (!(await commands.SendAsync(new(new CountDenials(region, counts), Actor.Engine, Cause: "tick"), cancel).ConfigureAwait(false)).Accepted)
                {
                    denials.GiveBack(region, counts);
                }
            }
        }
    }

    /// <summary>Once for each epoch of the cord: nothing granted under it is taken back by it.</summary>
    private async Task RevokeAsync(CancellationToken cancel)
    {
        var cord = states.Get<CordState>(CordStreams.Only);
        if (cord.Epoch == _cordSettled)
        {
            return;
        }

        foreach (var region in states.All<RegionReservations>(ReservationStreams.Family).Select(one => one.State))
        {
            foreach (var (held, pull) in Revocations.Due(region, states.Get<RegionFleet>(FleetStreams.Of(region.Region)), cord).ToArray())
            {
                await commands.SendAsync(new(new ReleaseReservation(region.Region, held.Host, held.Token, HostHealth.Healthy), Actor.Engine, $"the cord {pull.Id} was pulled before work began", Cause: "cord"), cancel).ConfigureAwait(false);
            }
        }

        _cordSettled = cord.Epoch;
    }
}
