using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts;

/// <summary>How many regions each wave of a stage takes.</summary>
public static class WaveSizes
{
    /// <summary>
    /// Cuts a stage's regions into waves. With shares, each wave brings the stage to that share of its regions; with a growth, each wave is that many times
    /// the one before it; else all waves are alike. No wave is larger than <see cref="PipelineRules.MostParallel"/>, and none is empty.
    /// </summary>
    public static ImmutableArray<int> Of(PipelineStage stage, int regions)
    {
        var sizes = ImmutableArray.CreateBuilder<int>();
        var (done, size) = (0L, (long)stage.Parallel);
        foreach (var share in stage.Waves.Where(share => share < 100))
        {
            Take(Share(regions, share, 100).New - done);
        }

        while (done < regions)
        {
            Take(stage.Waves.IsEmpty ? size : regions - done);
            size = Math.Min(size * stage.Growth, PipelineRules.MostParallel);
        }

        return sizes.ToImmutable();

        void Take(long wanted)
        {
            for (var left = Math.Min(wanted, regions - done); left > 0;)
            {
                var now = (int)Math.Min(left, PipelineRules.MostParallel);
                sizes.Add(now);
                done += now;
                left -= now;
            }
        }
    }

    /// <summary>
    /// The split of a set into new and old that comes closest to a weight, in whole numbers. Any weight between none and all leaves at least one on each
    /// side where there is room; a tie goes to the smaller total, then to more new ones.
    /// </summary>
    /// <param name="count">How many there are, and the most there may be of either.</param>
    /// <param name="most">The weight that means all.</param>
    /// <param name="surge">How many more there may be for a while.</param>
    public static (int New, int Old) Share(int count, long weight, long most, int surge = 0)
    {
        if (count == 0 || weight <= 0)
        {
            return (0, count);
        }

        if (weight >= most)
        {
            return (count, 0);
        }

        var each = count + surge >= 2 ? 1 : 0;
        (int New, int Total, Int128 Off)? best = null;
        for (var total = count; total <= count + surge; total++)
        {
            var (low, high) = (Math.Max(each, total - count), Math.Min(count, total - each));
            var near = (int)(weight * total / most);
            foreach (var fresh in new[] { near + 1, near }.Select(number => Math.Clamp(number, low, Math.Max(low, high))).Distinct().Where(_ => low <= high))
            {
                var off = Int128.Abs(((Int128)fresh * most) - ((Int128)weight * total));
                if (best is not { } other || off * other.Total < other.Off * total)
                {
                    best = (fresh, total, off);
                }
            }
        }

        return best is { } found ? (found.New, found.Total - found.New) : (0, count);
    }
}
