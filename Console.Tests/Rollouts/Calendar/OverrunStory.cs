using System.Text.RegularExpressions;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Tests.Rollouts.Calendar;

/// <summary>
/// Reads the source's sentences about work under way into a calendar and the moment the work began: which entries there were, in the order of their mention,
/// with or without overrun, whether they are over or active now, and whether the work began inside, outside or just now.
/// </summary>
internal static partial class OverrunStory
{
    /// <summary>Work begins an hour before now unless the story says otherwise; windows that have ended held that moment, freezes began after it.</summary>
    public static (CalendarState Calendar, DateTimeOffset Began) Read(string story, DateTimeOffset now)
    {
        var entries = Mentions(story).Select((mention, i) => mention.Deny
            ? Calendars.Freeze(Between(now, -0.5, 1), $"e{i}") with { Overrun = mention.Overrun }
            : Calendars.Window(Between(now, mention.Active ? -2 : -2, mention.Active ? 1 : -0.25), $"e{i}") with { Overrun = mention.Overrun }).ToArray();
        Assert.True(entries.Length > 0, $"not understood: {story}");
        var began = story.Contains("new operation", StringComparison.OrdinalIgnoreCase) ? now
            : story.Contains("outside", StringComparison.OrdinalIgnoreCase) ? now.AddHours(-3)
            : now.AddHours(-1);
        return (Calendars.Of(entries), began);
    }

    private static IEnumerable<(bool Deny, Overrun Overrun, bool Active)> Mentions(string story)
    {
        var matches = Mention().Matches(story);
        for (var i = 0; i < matches.Count; i++)
        {
            // Whatever is said between one entry and the next belongs to the first of the two.
            var said = story[matches[i].Index..(i + 1 < matches.Count ? matches[i + 1].Index : story.Length)].ToUpperInvariant();
            var deny = matches[i].Value.StartsWith("deny", StringComparison.OrdinalIgnoreCase);
            if (said.StartsWith("DENY", StringComparison.Ordinal) && story[..matches[i].Index].EndsWith("no ", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var without = said.Contains("WITHOUT", StringComparison.Ordinal) || said.Contains("NO OVERRUN", StringComparison.Ordinal);
            var active = said.Contains("ACTIVE", StringComparison.Ordinal);
            var count = story[..matches[i].Index].EndsWith("several ", StringComparison.OrdinalIgnoreCase) ? 2 : 1;
            var oneOnly = said.Contains("ONE WITHOUT", StringComparison.Ordinal) || said.Contains("NOT ALL", StringComparison.Ordinal) || said.Contains("ONLY SOME", StringComparison.Ordinal) || said.Contains("MIXED", StringComparison.Ordinal);
            for (var n = 0; n < count; n++)
            {
                var overrun = oneOnly ? n == 0 : !without && said.Contains("OVERRUN", StringComparison.Ordinal);
                yield return (deny, overrun ? Overrun.FinishBatch : Overrun.Pause, active);
            }
        }
    }

    private static string Between(DateTimeOffset now, double from, double to) => $"{now.AddHours(from):yyyy-MM-dd HH:mm} to {now.AddHours(to):yyyy-MM-dd HH:mm}";

    [GeneratedRegex(@"\b(?:allows?|deny|denies)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Mention();
}
