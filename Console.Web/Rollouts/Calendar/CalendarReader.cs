using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Rollouts.Calendar;

/// <summary>Reads the calendar and the approvals once for all circuits.</summary>
public sealed class CalendarReader(IStates states, LiveFeed feed, TimeProvider clock)
{
    private readonly Shared<CalendarPicture> _calendar = new(feed, clock, () => CalendarDrawing.Draw(states, clock.GetUtcNow()));
    private readonly Shared<Lines> _approvals = new(feed, clock, () => new Lines([.. ApprovalLine.List(states, clock.GetUtcNow())]));

    public CalendarPicture Calendar => _calendar.Get().Value;

    public IReadOnlyList<ApprovalLine> Approvals => _approvals.Get().Value.All;

    /// <summary>How an entry would stand, before it is sent.</summary>
    public CalendarLine Preview(CalendarEntry entry)
    {
        var now = clock.GetUtcNow();
        return CalendarDrawing.Line(states.Get<CalendarState>(CalendarStreams.Only), entry, now, now.AddDays(CalendarDrawing.Days));
    }

    private sealed record Lines(IReadOnlyList<ApprovalLine> All);
}
