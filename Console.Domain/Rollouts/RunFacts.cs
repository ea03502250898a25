using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What can be said of a run from its state and its input.</summary>
internal static class RunFacts
{
    /// <summary>Hosts whose visit has ended since the last look; null where none has.</summary>
    public static HostsSettled? Settled(RegionRun run, RunInput input)
    {
        if (run.Batch < 0 || run.Pending.IsEmpty)
        {
            return null;
        }

        if (input.Rollout.Plan!.Stateful)
        {
            return StatefulFacts.Settled(run, input);
        }

        var confirmed = ImmutableArray.CreateBuilder<string>();
        var casualties = ImmutableArray.CreateBuilder<Casualty>();
        foreach (var id in run.Pending.Where(id => !InHand(run, input, id)).Order(StringComparer.Ordinal))
        {
            if (!input.Fleet.Hosts.TryGetValue(id, out var host))
            {
                casualties.Add(new(id, AzOf(run, input, id), run.Stage, input.Now, "it was taken out of the fleet"));
            }
            else if (input.Fleet.Visits.TryGetValue(id, out var visit) && visit.Id == VisitId(run, id))
            {
                if (visit.Status == VisitStatus.Done && host.Release == input.Rollout.Plan!.Release)
                {
                    confirmed.Add(id);
                }
                else if (visit.Status == VisitStatus.Failed)
                {
                    casualties.Add(new(id, host.Az, run.Stage, input.Now, visit.Detail ?? "no detail"));
                }
            }
        }

        return confirmed.Count + casualties.Count == 0 ? null : new(confirmed.ToImmutable(), casualties.ToImmutable());
    }

    /// <summary>Whether a visit of the host is under way: then nothing of it is settled, which spares looking at it more closely.</summary>
    private static bool InHand(RegionRun run, RunInput input, string host) => input.Fleet.Active.TryGetValue(run.Az, out var active) && active.Contains(host);

    internal static string AzOf(RegionRun run, RunInput input, string host) => input.Leg(run)?.Batches.FirstOrDefault(batch => batch.Hosts.Contains(host))?.Az ?? run.Az;

    public static string VisitId(RegionRun run, string host) => $"{run.Rollout}/{host}/{run.Attempt}";

    public static WindowJudged? Judged(RegionRun run, RunInput input)
    {
        if (input.Health is not { } health || health.To <= run.LastWindow || health.From < run.LastWindow || run.Stage < 0 || run.Phase == RunPhase.Waiting)
        {
            return null;
        }

        var hosts = HostCounts.Wanted(input.Pipeline) ? HostCounts.Of(input.Rollout.Plan!, input.Fleet) : [];
        var verdicts = RunGates.Judge(run, input, health, hosts);
        var samples = input.Batch(run) is { } batch ? health.Readings.Where(reading => reading.Metric == batch.Bake.Of && reading.Failure is null).Sum(reading => Math.Max(0, reading.Samples)) : 0;
        var observing = run.Phase == RunPhase.Observing;
        return new(health.From, health.To, samples, verdicts, observing ? health.Readings : []) { Hosts = hosts, Figures = observing ? null : WindowFigures.Of(health) };
    }

    /// <summary>The gate's last windows, at most as many as it looks back.</summary>
    public static ImmutableArray<Verdict> Last(RegionRun run, Gate gate) =>
        run.Gates.TryGetValue(gate.Name, out var standing) ? [.. standing.Last.TakeLast(gate.Of)] : [];

    /// <summary>The first gate that has failed; null while none has.</summary>
    public static Gate? Bad(RegionRun run, ImmutableArray<Gate> gates) => gates.FirstOrDefault(gate => RunGates.IsBad(run, gate));

    /// <summary>Gates that are not passed: the last window was not Ok, or not for long enough, or they have had none.</summary>
    public static ImmutableArray<Gate> NotOk(RegionRun run, RunInput input) => [.. input.Gates(run).Where(gate => !RunGates.IsOk(run, gate))];

    /// <summary>Time, samples and gates: all three (law 8).</summary>
    public static bool Baked(RegionRun run, RunInput input)
    {
        if (input.Batch(run) is not { } batch || input.Now < run.BakeSince + batch.Bake.Duration || run.BakeSamples < batch.Bake.Samples)
        {
            return false;
        }

        return input.Gates(run).IsEmpty || (run.Windows > 0 && NotOk(run, input).IsEmpty);
    }

    public static bool AllBlock(RegionRun run, RunInput input, ImmutableArray<Gate> lacking) =>
        !lacking.IsEmpty && run.BakeSamples >= (input.Batch(run)?.Bake.Samples ?? 0)
        && lacking.All(gate => Last(run, gate) is { IsEmpty: false } last && ((last[^1] == Verdict.Missing && gate.Missing == NoDataPolicy.Block) || (last[^1] == Verdict.Error && gate.Error == NoDataPolicy.Block)));

    public static string Lacking(RegionRun run, Bake bake, ImmutableArray<Gate> lacking)
    {
        var samples = run.BakeSamples < bake.Samples ? string.Create(CultureInfo.InvariantCulture, $"{run.BakeSamples} of {bake.Samples} samples of {bake.Of}") : null;
        var gates = lacking.Select(gate => run.Gates.GetValueOrDefault(gate.Name) is { Last.IsEmpty: false } standing ? $"{gate.Name} is {standing.Last[^1]}{(standing.Last[^1] == Verdict.Ok ? $", and must be for {Words.Of(gate.Timer?.Stable ?? TimeSpan.Zero)}" : gate.Outside && standing.Evidence?.Detail is { } detail ? $": {detail}" : "")}" : $"{gate.Name} was not judged yet");
        return string.Join("; ", gates.Prepend(samples).OfType<string>());
    }

    /// <summary>The first batch with a host that is neither confirmed nor a casualty; null where there is none.</summary>
    public static int? Next(RegionRun run, RunInput input)
    {
        var batches = input.Leg(run)!.Batches;
        for (var i = 0; i < batches.Length; i++)
        {
            if (!batches[i].Hosts.All(run.Settled))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>The evidence that the casualty budget is exceeded; null while it is not.</summary>
    public static Evidence? TooManyCasualties(RegionRun run, RunInput input)
    {
        var counted = run.Casualties.Where(casualty => casualty.Stage == run.Stage && !casualty.Accepted).ToArray();
        if (counted.Length == 0 || input.Leg(run) is not { } leg)
        {
            return null;
        }

        var first = counted.FirstOrDefault(casualty => leg.Batches.Any(batch => batch.Kind != BatchKind.Batch && batch.Hosts.Contains(casualty.Host)));
        var budget = input.Pipeline.Casualties;
        var az = counted.GroupBy(casualty => casualty.Az).OrderByDescending(group => group.Count()).First();
        var (over, limit, value) = first is not null ? ("no one-box or validator may fail", 0, 1)
            : az.Count() > budget.PerAz ? ($"at most {budget.PerAz} in an AZ", budget.PerAz, az.Count())
            : counted.Length > budget.Total ? ($"at most {budget.Total} in a region", budget.Total, counted.Length)
            : ("", 0, 0);
        if (value == 0)
        {
            return null;
        }

        var shown = first ?? counted[^1];
        return new Evidence(Verdict.Bad, "casualty budget", "casualties", run.Region, over, run.StageSince, input.Now)
        {
            Value = value,
            Limit = limit,
            Samples = leg.Batches.Sum(batch => batch.Hosts.Count(run.Settled)),
            Source = "host",
            Host = shown.Host,
            Detail = shown.Detail,
        };
    }
}
