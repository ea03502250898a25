using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>Begins when cron fires and lasts so long by the stopwatch, whatever clocks on the wall do meanwhile. A time that comes twice fires at its first coming.</summary>
public sealed partial record CronSchedule(CronFields Fields, TimeSpan Length) : Schedule
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public override int Reach => (int)Math.Ceiling(Length.TotalDays) + 1;

    public override IEnumerable<Span> On(DateOnly day, ZoneClock clock, bool careful)
    {
        if (!Fields.Matches(day))
        {
            yield break;
        }

        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var even = clock.First(midnight.AddDays(1)) - clock.First(midnight) == TimeSpan.FromDays(1);
        var minutes = Fields.MinutesOfDay().ToArray();
        for (var i = 0; i < minutes.Length; i++)
        {
            // Firings that overlap are one stretch; only on a day without a jump is that known from the readings alone.
            var first = i;
            while (even && i + 1 < minutes.Length && TimeSpan.FromMinutes(minutes[i + 1] - minutes[i]) <= Length)
            {
                i++;
            }

            yield return new(clock.First(midnight.AddMinutes(minutes[first])), clock.First(midnight.AddMinutes(minutes[i])) + Length);
        }
    }

    /// <summary>The form behind the word <c>cron</c>: five fields, <c>for</c>, and a length such as <c>2h30m</c>.</summary>
    internal static new (Schedule? Read, string? Wrong) Parse(string text)
    {
        var at = text.LastIndexOf(" for ", StringComparison.Ordinal);
        if (at < 0)
        {
            return (null, "it does not say for how long; write 'cron 0 22 * * 5 for 58h'");
        }

        var (fields, wrong) = CronFields.Parse(text[..at]);
        return fields is null ? (null, wrong)
            : ReadLength(text[(at + " for ".Length)..]) is not { } length ? (null, $"'{text[(at + " for ".Length)..]}' is no length from 1m to 31d, such as 90m, 2h30m or 2d")
            : (new CronSchedule(fields, length), null);
    }

    private static TimeSpan? ReadLength(string text)
    {
        if (LengthForm().Match(text.Trim()) is not { Success: true } match)
        {
            return null;
        }

        int Part(int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        var length = new TimeSpan(Part(1), Part(2), Part(3), 0);
        return length >= TimeSpan.FromMinutes(1) && length <= Longest ? length : null;
    }

    [GeneratedRegex("^(?=.)(?:([0-9]{1,3})d)?(?:([0-9]{1,3})h)?(?:([0-9]{1,5})m)?$")]
    private static partial Regex LengthForm();
}
