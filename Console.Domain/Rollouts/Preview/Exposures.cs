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
        var ordered = Ordered();
        var whole = ordered.Length == 0 ? TimeSpan.Zero : ordered[^1].At - start;
        var length = TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(whole.TotalMinutes / MostSteps)));
        var state = new State(fleet);
        var (steps, at, worst) = (ImmutableArray.CreateBuilder<ExposureStep>(), start, new ExposureStep(start, 0, 0, 0, 0, 0));
        for (var i = 0; i < ordered.Length; at += length)
        {
            state.Begin(at);
            for (; i < ordered.Length && ordered[i].At < at + length; i++)
            {
                state.Take(ordered[i]);
            }

            Append(state.Worst);
        }

        state.Begin(at);
        Append(state.Worst);
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

    /// <summary>What ends comes before what begins at the same moment: the hosts that are back are not out beside the next ones.</summary>
    private Change[] Ordered()
    {
        var (changes, keys) = (_changes.ToArray(), new long[_changes.Count]);
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = (changes[i].At.Ticks << 1) | (changes[i].Exposed + changes[i].Out > 0 ? 1L : 0L);
        }

        Array.Sort(keys, changes);
        return changes;
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

    /// <summary>How it stands, and the worst since the step began. A share rises only where something changed, so only that is looked at.</summary>
    private sealed class State(FleetFigures fleet)
    {
        private readonly Dictionary<string, (int Out, int Of)> _azs = [];
        private readonly Dictionary<string, (int Out, int Of)> _regions = [];
        private int _exposed;
        private int _out;

        public ExposureStep Worst { get; private set; } = new(default, 0, 0, 0, 0, 0);

        public void Begin(DateTimeOffset at) =>
            Worst = new(at, _exposed, _out, _azs.Values.Select(Share).DefaultIfEmpty().Max(), _regions.Values.Select(Share).DefaultIfEmpty().Max(), Share((_out, fleet.Hosts)));

        public void Take(Change change)
        {
            (_exposed, _out) = (_exposed + change.Exposed, _out + change.Out);
            if (change.Exposed > 0)
            {
                Worst = _exposed > Worst.Exposed ? Worst with { Exposed = _exposed } : Worst;
            }
            else if (change.Out != 0)
            {
                var az = _azs[change.Az] = (_azs.GetValueOrDefault(change.Az).Out + change.Out, fleet.Az(change.Az).Hosts);
                var region = _regions[change.Region] = (_regions.GetValueOrDefault(change.Region).Out + change.Out, fleet.Regions.GetValueOrDefault(change.Region));
                Worst = change.Out < 0 ? Worst : Worse(Worst, new(Worst.From, _exposed, _out, Share(az), Share(region), Share((_out, fleet.Hosts))));
            }
        }

        private static double Share((int Out, int Of) part) => part is { Out: > 0, Of: > 0 } ? (double)part.Out / part.Of : 0;
    }
}
