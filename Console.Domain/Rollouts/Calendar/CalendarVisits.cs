using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>
/// The calendar where host commands are issued: what a run would not begin, nobody else begins either. Work under way goes on as far as the entries let it;
/// how far that is for a certain run, <see cref="RunCalendar"/> says before, and never more than this.
/// </summary>
public sealed class CalendarVisits : IVisitRule
{
    public Rejection? Refuses(RegionFleet fleet, IReadOnlyList<VisitOrder> orders, DecisionContext context)
    {
        var calendar = context.States.Get<CalendarState>(CalendarStreams.Only);
        if (calendar.Entries.IsEmpty)
        {
            return null;
        }

        return orders.Where(order => order.Purpose == VisitPurpose.Forward)
            .Select(order => (order.Rollout, Place: PlaceOf(fleet, fleet.Hosts[order.Host])))
            .Distinct()
            .Select(work => Holds(context.States, work.Place, work.Rollout, context.Now) is { } hold ? Closed(work.Place, hold) : null)
            .FirstOrDefault(closed => closed is not null);
    }

    /// <summary>What holds work there now; null where nothing does, or what does lets the rollout finish what it is at.</summary>
    public static CalendarHold? Holds(IStates states, WorkPlace place, string? rollout, DateTimeOffset now)
    {
        var calendar = states.Get<CalendarState>(CalendarStreams.Only);
        return ChangeCalendar.IsOpen(calendar, place, rollout, now) || GoesOn(calendar, place, rollout, states, now) ? null : ChangeCalendar.Holds(calendar, place, rollout, now);
    }

    private static WorkPlace PlaceOf(RegionFleet fleet, Host host) => new(fleet.Partition, fleet.Region, host.Az, host.Service);

    private static bool GoesOn(CalendarState calendar, WorkPlace place, string? rollout, IStates states, DateTimeOffset now)
    {
        if (rollout is null || states.Get<RegionRun>(RunStreams.Of(place.Region, rollout)) is not { Batch: >= 0 } run || run.Az != place.Az)
        {
            return false;
        }

        return MayGoOn(run.BatchSince, Overrun.FinishBatch) || MayGoOn(run.AzSince, Overrun.FinishAz);

        bool MayGoOn(DateTimeOffset since, Overrun least) => ChangeCalendar.MayGoOn(calendar, place, rollout, RunCalendar.Later(since, run.LetOn), now, least);
    }

    private static Rejection Closed(WorkPlace place, CalendarHold hold) =>
        new Rejection(RejectionKind.Blocked, "calendar.closed", $"No visit can begin in {place.Az}.", $"It is held by {hold.Sentence}.", "Wait until the calendar opens, or have somebody with the role override the entry by its name.")
            .With("entries", string.Join(",", hold.Entries.Select(entry => entry.Entry)))
            .With("opens", hold.Opens is { } opens ? $"{opens:u}" : "not within 400 days");
}
