using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Story;

/// <summary>Where a rollout's time went: each moment counts once, for the most active region.</summary>
internal static class TimeSplits
{
    public static TimeSplit Of(ImmutableArray<StorySpan> spans, DateTimeOffset from, DateTimeOffset to)
    {
        var active = Covered(spans.Where(span => span.Doing is Doing.Looking or Doing.Working), from, to);
        var either = Covered(spans.Where(span => span.Doing is Doing.Looking or Doing.Working or Doing.Baking), from, to);
        return new(active, either - active, to > from ? to - from - either : TimeSpan.Zero);
    }

    private static TimeSpan Covered(IEnumerable<StorySpan> spans, DateTimeOffset from, DateTimeOffset to)
    {
        var (covered, until) = (TimeSpan.Zero, from);
        foreach (var span in spans.OrderBy(span => span.From))
        {
            var (begins, ends) = (span.From > until ? span.From : until, span.To < to ? span.To : to);
            if (ends > begins)
            {
                (covered, until) = (covered + (ends - begins), ends);
            }
        }

        return covered;
    }
}
