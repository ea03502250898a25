using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Rollouts.Calendar;

/// <summary>How the calendar looks and is called.</summary>
public static class CalendarLooks
{
    public static StateKind Kind(CalendarLine line) =>
        line.Broken is not null ? StateKind.Bad
        : line.Entry.Kind == EntryKind.Freeze ? (line.Active ? StateKind.Bad : StateKind.Idle)
        : line.Active ? StateKind.Ok : StateKind.Warn;

    public static string Words(CalendarLine line) =>
        line.Broken is not null ? "cannot be read"
        : line.Entry.Kind == EntryKind.Freeze ? (line.Active ? "frozen" : "not now")
        : line.Active ? "open" : "closed";

    public static string Words(Overrun overrun) => overrun switch { Overrun.Pause => "hosts in work are finished", Overrun.FinishBatch => "the batch is finished", _ => "the AZ is finished" };

    /// <summary>When its standing ends.</summary>
    public static string Then(CalendarLine line) =>
        line.Broken is { } broken ? broken
        : line.Active ? (line.Until is { } until ? $"until {Ages.Full(until)}" : "for more than 400 days")
        : line.Next is { } next ? $"from {Ages.Full(next)}" : "never again within 400 days";

    /// <summary>Where a span lies in the days drawn, in percent of their width.</summary>
    public static (double Left, double Width) Place(Span span, DateTimeOffset from, DateTimeOffset to)
    {
        var whole = (to - from).TotalSeconds;
        var (left, right) = (Math.Clamp((span.From - from).TotalSeconds / whole * 100, 0, 100), Math.Clamp((span.To - from).TotalSeconds / whole * 100, 0, 100));
        return (left, right - left);
    }
}
