using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Web.Shell;

/// <summary>The change calendar of rollouts, asked for reservations too: the two slices do not know each other.</summary>
internal sealed class CalendarFreezes : IChangeFreezes
{
    public ChangeFreeze? On(IStates states, Host host, string? onBehalfOf, DateTimeOffset now) =>
        CalendarVisits.Holds(states, new(host.Partition, host.Region, host.Az, host.Service), onBehalfOf, now) is { } hold
            ? new(hold.Names, hold.Sentence, hold.Opens)
            : null;
}
