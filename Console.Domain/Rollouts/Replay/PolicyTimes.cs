using OpsConsole.Domain.Rollouts.Story;

namespace OpsConsole.Domain.Rollouts.Replay;

/// <summary>When batches would have begun under other bakes: each as much sooner or later as the bakes before it were shorter or longer; visits take as long as they did.</summary>
internal sealed class PolicyTimes
{
    private readonly List<(string Region, DateTimeOffset At, int Hosts)> _begins = [];
    private readonly Rollout _rollout;
    private readonly Rollout _other;

    public PolicyTimes(RolloutStory story, Rollout rollout, Rollout other)
    {
        (_rollout, _other) = (rollout, other);
        var waves = TimeSpan.Zero;
        foreach (var wave in story.Batches.GroupBy(batch => (batch.Stage, Wave: WaveOf(batch))).OrderBy(wave => wave.Key.Stage).ThenBy(wave => wave.Key.Wave))
        {
            var last = TimeSpan.MinValue;
            foreach (var region in wave.GroupBy(batch => batch.Region))
            {
                var shift = Region([.. region.OrderBy(batch => batch.Began)], waves);
                last = shift > last ? shift : last;
            }

            waves = last;
        }
    }

    /// <summary>Hosts that would have had the release by a moment.</summary>
    /// <param name="region">The region that stops it then: there the next batches count, too, that would have begun though they really did not.</param>
    public int BegunBy(DateTimeOffset at, string region) => _begins.Where(batch => batch.At <= at && (batch.Hosts > 0 || batch.Region == region)).Sum(batch => Math.Abs(batch.Hosts));

    private TimeSpan Region(StoryBatch[] batches, TimeSpan shift)
    {
        foreach (var batch in batches)
        {
            _begins.Add((batch.Region, batch.Began + shift, batch.Hosts));
            shift += Longer(batch.Region, batch.Stage, batch.Index);
        }

        Further(batches, shift);
        return shift;
    }

    private TimeSpan Longer(string region, int stage, int batch) => Bake(_other, region, stage, batch) - Bake(_rollout, region, stage, batch);

    /// <summary>Batches that really never began, because it was stopped: with shorter bakes some would have. Kept as negative counts.</summary>
    private void Further(StoryBatch[] batches, TimeSpan shift)
    {
        var last = batches[^1];
        if (shift >= TimeSpan.Zero || _rollout.Plan!.Leg(last.Stage, last.Region) is not { } leg)
        {
            return;
        }

        var visits = batches.Where(batch => batch.Settled is not null).Select(batch => batch.Settled!.Value - batch.Began).Order().ToArray();
        var visit = visits.Length == 0 ? TimeSpan.Zero : visits[visits.Length / 2];
        var at = last.Began + (shift - Longer(last.Region, last.Stage, last.Index));
        for (var next = last.Index + 1; next < leg.Batches.Length; next++)
        {
            at += visit + Bake(_other, last.Region, last.Stage, next - 1);
            _begins.Add((last.Region, at, -leg.Batches[next].Hosts.Length));
        }
    }

    private int WaveOf(StoryBatch batch) => Array.FindIndex([.. _rollout.Plan!.Stages[batch.Stage].Waves], wave => wave.Regions.Any(region => region.Region == batch.Region));

    private static TimeSpan Bake(Rollout of, string region, int stage, int batch) => of.Plan!.Leg(stage, region)?.Batches[batch].Bake.Duration ?? TimeSpan.Zero;
}
