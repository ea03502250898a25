using System.Collections.Immutable;
using System.Globalization;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>Minutes of the day, from and to; a range that does not end after it begins ends on the next day.</summary>
/// <param name="To">1440 is midnight at the day's end.</param>
public readonly record struct DayRange(int From, int To);

/// <summary>Times of the day on some days of the week. A range past midnight belongs to the day on which it begins.</summary>
public sealed record WeeklySchedule(ImmutableHashSet<DayOfWeek> Days, ImmutableArray<DayRange> Ranges) : Schedule
{
    private const int MostRanges = 24;
    private const int FullDay = 1440;
    private const string Form = "write days and times such as 'mon-fri 09:00-17:00', 'daily 22:00-05:00' or 'sat,sun'";
    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public override int Reach => 1;

    public override IEnumerable<Span> On(DateOnly day, ZoneClock clock, bool careful)
    {
        if (!Days.Contains(day.DayOfWeek))
        {
            yield break;
        }

        var midnight = day.ToDateTime(TimeOnly.MinValue);
        foreach (var range in Ranges)
        {
            var end = midnight.AddMinutes(range.To <= range.From ? range.To + FullDay : range.To);
            var span = new Span(clock.First(midnight.AddMinutes(range.From)), careful ? clock.Last(end) : clock.First(end));
            if (span.To > span.From)
            {
                yield return span;
            }
        }
    }

    internal static new (Schedule? Read, string? Wrong) Parse(string text)
    {
        var words = text.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return (null, $"it is empty; {Form}");
        }

        if (ReadDays(words[0]) is not { } days)
        {
            return (null, $"'{words[0]}' names no days; {Form}");
        }

        var ranges = words.Length == 1 ? [new DayRange(0, FullDay)] : words[1].Split(',', StringSplitOptions.TrimEntries).Select(ReadRange).ToArray();
        return ranges.Length > MostRanges ? (null, $"it has more than {MostRanges} times")
            : ranges.Any(range => range is null) ? (null, $"'{words[1]}' are no times; {Form}")
            : (new WeeklySchedule(days, [.. ranges.OfType<DayRange>().OrderBy(range => range.From)]), null);
    }

    private static ImmutableHashSet<DayOfWeek>? ReadDays(string text)
    {
        if (text == "daily")
        {
            return [.. Enum.GetValues<DayOfWeek>()];
        }

        var days = ImmutableHashSet.CreateBuilder<DayOfWeek>();
        foreach (var part in text.Split(','))
        {
            var (from, to) = part.Split('-') switch
            {
                [var one] => (Array.IndexOf(Names, one), Array.IndexOf(Names, one)),
                [var first, var last] => (Array.IndexOf(Names, first), Array.IndexOf(Names, last)),
                _ => (-1, -1),
            };
            if (from < 0 || to < 0)
            {
                return null;
            }

            for (var day = from; ; day = (day + 1) % 7)
            {
                days.Add((DayOfWeek)day);
                if (day == to)
                {
                    break;
                }
            }
        }

        return days.ToImmutable();
    }

    private static DayRange? ReadRange(string text) =>
        text.Split('-', StringSplitOptions.TrimEntries) is [var from, var to] && ReadMinute(from) is { } begins and < FullDay && ReadMinute(to) is { } ends && begins != ends ? new(begins, ends) : null;

    private static int? ReadMinute(string text) =>
        text == "24:00" ? FullDay
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute
        : null;
}
