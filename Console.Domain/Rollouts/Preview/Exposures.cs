using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>What is at risk, change by change, and what the worst of it is in each step of time.</summary>
internal sealed class Exposures(FleetFigures fleet, bool counts)
{
    /// <summary>Steps are minutes up to this many; a longer rollout has longer steps.</summary>
    public const int MostSteps = 1_440;

    private readonly List<Change> _changes = [];

    public void Expose(string region, DateTimeOffset at, int hosts) => Add(new(at, region, "", hosts, 0));

    public void Baked(string region, DateTimeOffset at, int hosts) => Add(new(at, region, "", -hosts, 0));

    public void TakeOut(string region, string az, int hosts, DateTimeOffset from, DateTimeOffset to)
    {
        Add(new(from, region, az, 0, hosts));
        Add(new(to, region, az, 0, -hosts));
    }

    /// <summary>Steps that differ from the one before them, the last being the one in which nothing is at risk any more.</summary>
    public (ImmutableArray<ExposureStep> Steps, TimeSpan Length, ExposureStep Worst) Steps(DateTimeOffset start)
    {
        // What ends comes before what begins at the same moment: the hosts that are back are not out beside the next ones.
        var ordered = _changes.OrderBy(change => change.At).ThenBy(change => change.Exposed + change.Out).ToArray();
        var whole = ordered.Length == 0 ? TimeSpan.Zero : ordered[^1].At - start;
        var length = TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(whole.TotalMinutes / MostSteps)));
        var state = new State(fleet);
        var (steps, at, worst) = (ImmutableArray.CreateBuilder<ExposureStep>(), start, new ExposureStep(start, 0, 0, 0, 0, 0));
        for (var i = 0; i < ordered.Length; at += length)
        {
            var step = state.Now(at);
            for (; i < ordered.Length && ordered[i].At < at + length; i++)
            {
                state.Take(ordered[i]);
                step = Worse(step, state.Now(at));
            }

            Append(step);
        }

        Append(state.Now(at));
        return (steps.ToImmutable(), length, worst);

        void Append(ExposureStep step)
        {
            worst = Worse(worst, step);
            if (steps.Count == 0 || steps[^1] with { From = step.From } != step)
            {
                steps.Add(step);
            }
        }
    }

    private static ExposureStep Worse(ExposureStep one, ExposureStep other) =>
        new(one.From, Math.Max(one.Exposed, other.Exposed), Math.Max(one.Out, other.Out), Math.Max(one.OutOfAz, other.OutOfAz), Math.Max(one.OutOfRegion, other.OutOfRegion), Math.Max(one.OutOfAll, other.OutOfAll));

    private void Add(Change change)
    {
        if (counts && change is not { Exposed: 0, Out: 0 })
        {
            _changes.Add(change);
        }
    }

    private readonly record struct Change(DateTimeOffset At, string Region, string Az, int Exposed, int Out);

    private sealed class State(FleetFigures fleet)
    {
        private readonly Dictionary<string, (int Out, int Of)> _azs = [];
        private readonly Dictionary<string, (int Out, int Of)> _regions = [];
        private int _exposed;
        private int _out;

        public void Take(Change change)
        {
            (_exposed, _out) = (_exposed + change.Exposed, _out + change.Out);
            if (change.Out != 0)
            {
                _azs[change.Az] = (_azs.GetValueOrDefault(change.Az).Out + change.Out, fleet.Az(change.Az).Hosts);
                _regions[change.Region] = (_regions.GetValueOrDefault(change.Region).Out + change.Out, fleet.Regions.GetValueOrDefault(change.Region));
            }
        }

        public ExposureStep Now(DateTimeOffset at) => new(at, _exposed, _out, Worst(_azs), Worst(_regions), fleet.Hosts == 0 ? 0 : (double)_out / fleet.Hosts);

        private static double Worst(Dictionary<string, (int Out, int Of)> parts)
        {
            var worst = 0.0;
            foreach (var (gone, of) in parts.Values)
            {
                worst = gone > 0 && of > 0 ? Math.Max(worst, (double)gone / of) : worst;
            }

            return worst;
        }
    }
}
