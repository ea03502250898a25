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
            .Where(work => !ChangeCalendar.IsOpen(calendar, work.Place, work.Rollout, context.Now) && !GoesOn(calendar, work.Place, work.Rollout, context))
            .Select(work => Closed(work.Place, ChangeCalendar.Holds(calendar, work.Place, work.Rollout, context.Now)!))
            .FirstOrDefault();
    }

    private static WorkPlace PlaceOf(RegionFleet fleet, Host host) => new(fleet.Partition, fleet.Region, host.Az, host.Service);

    private static bool GoesOn(CalendarState calendar, WorkPlace place, string? rollout, DecisionContext context)
    {
        if (rollout is null || context.States.Get<RegionRun>(RunStreams.Of(place.Region, rollout)) is not { Batch: >= 0 } run || run.Az != place.Az)
        {
            return false;
        }

        return MayGoOn(run.BatchSince, Overrun.FinishBatch) || MayGoOn(run.AzSince, Overrun.FinishAz);

        bool MayGoOn(DateTimeOffset since, Overrun least) => ChangeCalendar.MayGoOn(calendar, place, rollout, RunCalendar.Later(since, run.LetOn), context.Now, least);
    }

    private static Rejection Closed(WorkPlace place, CalendarHold hold) =>
        new Rejection(RejectionKind.Blocked, "calendar.closed", $"No visit can begin in {place.Az}.", $"It is held by {hold.Sentence}.", "Wait until the calendar opens, or have somebody with the role override the entry by its name.")
            .With("entries", string.Join(",", hold.Entries.Select(entry => entry.Entry)))
            .With("opens", hold.Opens is { } opens ? $"{opens:u}" : "not within 400 days");
}
