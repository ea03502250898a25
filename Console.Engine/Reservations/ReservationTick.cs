using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Reservations;

/// <summary>Makes hosts of leases that ran out suspect, and journals counts of denials once a minute. Where nothing is due it costs one comparison a region.</summary>
public sealed class ReservationTick(IStates states, ICommands commands, DenialCounts denials) : ITickPart
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(1);
    private DateTimeOffset _counted;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var region in states.All<RegionReservations>(ReservationStreams.Family).Where(one => one.State.NextExpiry <= now))
        {
            await commands.SendAsync(new(new ExpireReservations(region.State.Region), Actor.Engine, Cause: "tick"), cancel).ConfigureAwait(false);
        }

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
}
