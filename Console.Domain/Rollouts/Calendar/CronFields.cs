using System.Globalization;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>The five fields of cron as sets of numbers: minute, hour, day of the month, month, day of the week (0 is Sunday; 7 is refused).</summary>
public sealed record CronFields(ulong Minutes, ulong Hours, ulong Days, ulong Months, ulong Weekdays)
{
    private static readonly string[] MonthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Whether the day of the month was written as <c>*</c>.</summary>
    public bool AnyDay { get; init; }

    /// <summary>Whether the day of the week was written as <c>*</c>.</summary>
    public bool AnyWeekday { get; init; }

    /// <summary>As cron has it: where both the day of the month and the day of the week are given, either is enough.</summary>
    public bool Matches(DateOnly day)
    {
        var (ofMonth, ofWeek) = (Has(Days, day.Day), Has(Weekdays, (int)day.DayOfWeek));
        return Has(Months, day.Month) && (AnyDay || AnyWeekday ? ofMonth && ofWeek : ofMonth || ofWeek);
    }

    /// <summary>The minutes of a day at which it fires, in their order.</summary>
    public IEnumerable<int> MinutesOfDay()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            for (var minute = 0; Has(Hours, hour) && minute < 60; minute++)
            {
                if (Has(Minutes, minute))
                {
                    yield return (hour * 60) + minute;
                }
            }
        }
    }

    /// <summary>The second value says which field is wrong where one is.</summary>
    public static (CronFields? Read, string? Wrong) Parse(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var minute, var hour, var day, var month, var weekday])
        {
            return (null, "cron takes five fields: minute, hour, day of the month, month, day of the week");
        }

        var sets = new[] { Set(minute, 0, 59, []), Set(hour, 0, 23, []), Set(day, 1, 31, []), Set(month, 1, 12, MonthNames), Set(weekday, 0, 6, DayNames) };
        var wrong = Array.IndexOf(sets, null);
        return wrong < 0
            ? (new CronFields(sets[0]!.Value, sets[1]!.Value, sets[2]!.Value, sets[3]!.Value, sets[4]!.Value) { AnyDay = day.StartsWith('*'), AnyWeekday = weekday.StartsWith('*') }, null)
            : (null, $"'{new[] { minute, hour, day, month, weekday }[wrong]}' is no {new[] { "minute (0 to 59)", "hour (0 to 23)", "day of the month (1 to 31)", "month (1 to 12)", "day of the week (0 to 6, 0 is Sunday)" }[wrong]}");
    }

    private static bool Has(ulong set, int number) => (set & (1UL << number)) != 0;

    private static ulong? Set(string text, int least, int most, string[] names)
    {
        var set = 0UL;
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var whole] => (whole, 1),
                [var whole, var every] when int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 60 => (whole, number),
                _ => ("", 0),
            };
            var (from, to) = range == "*" ? (least, most) : range.Split('-') switch
            {
                [var one] when step == 1 => (Number(one, least, names), Number(one, least, names)),
                [var one] => (Number(one, least, names), most),
                [var first, var last] => (Number(first, least, names), Number(last, least, names)),
                _ => (-1, -1),
            };
            if (step == 0 || from < least || to > most || from > to)
            {
                return null;
            }

            for (var number = from; number <= to; number += step)
            {
                set |= 1UL << number;
            }
        }

        return set;
    }

    private static int Number(string text, int least, string[] names) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Array.IndexOf(names, text.ToLowerInvariant()) is var at and >= 0 ? at + least
        : -1;
}
