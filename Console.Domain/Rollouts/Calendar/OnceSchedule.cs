using System.Globalization;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>One stretch of time, from one reading of the clock to another.</summary>
public sealed record OnceSchedule(DateTime From, DateTime To) : Schedule
{
    private const string Form = "write '2026-12-20 00:00 to 2027-01-02 06:00'";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public override int Reach => (int)(To.Date - From.Date).TotalDays;

    public override IEnumerable<Span> On(DateOnly day, ZoneClock clock, bool careful) =>
        day == DateOnly.FromDateTime(From) ? [new Span(clock.First(From), careful ? clock.Last(To) : clock.First(To))] : [];

    internal static new (Schedule? Read, string? Wrong) Parse(string text) =>
        text.Split(" to ") is not [var from, var to] || ReadMoment(from) is not { } begins || ReadMoment(to) is not { } ends ? (null, $"it is no stretch of time; {Form}")
        : ends <= begins ? (null, "it ends before it begins")
        : ends - begins > Longest ? (null, "it is longer than 366 days")
        : (new OnceSchedule(begins, ends), null);

    private static DateTime? ReadMoment(string text) =>
        DateTime.TryParseExact(text.Trim(), ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;
}
