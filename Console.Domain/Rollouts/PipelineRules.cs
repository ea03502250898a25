using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts.Approvals;

namespace OpsConsole.Domain.Rollouts;

/// <summary>One thing wrong with a pipeline.</summary>
/// <param name="Path">Where in the file: <c>stages[2].batch</c>.</param>
/// <param name="What">What is wrong and what to do.</param>
public sealed record PipelineError(string Path, string What);

/// <summary>What holds of every pipeline, beyond its form. Finds all errors, not the first.</summary>
public static class PipelineRules
{
    public const int MostStages = 50;
    public const int MostGates = 50;
    public const int MostParallel = 100;
    public const int LongestName = 64;

    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(30);

    public static ImmutableArray<PipelineError> Check(Pipeline pipeline)
    {
        var errors = ImmutableArray.CreateBuilder<PipelineError>();
        void Add(bool wrong, string path, string what)
        {
            if (wrong)
            {
                errors.Add(new(path, what));
            }
        }

        Add(!IsName(pipeline.Name), "name", $"give 1 to {LongestName} letters, digits, '-', '_' or '.'.");
        Add(!IsName(pipeline.Service), "service", $"give 1 to {LongestName} letters, digits, '-', '_' or '.'.");
        Add(pipeline.CapacityFloor is < 0 or > 99, "capacityFloor", "give a percent from 0 to 99.");
        Add(pipeline.Window < TimeSpan.FromMilliseconds(200) || pipeline.Window > TimeSpan.FromHours(1), "window", "give 200ms to 1h.");
        Add(pipeline.Casualties.PerAz < 0, "casualties.perAz", "give 0 or more.");
        Add(pipeline.Casualties.Total < 0, "casualties.total", "give 0 or more.");
        Add(pipeline.Limits.Visit < TimeSpan.FromSeconds(1) || pipeline.Limits.Visit > TimeSpan.FromHours(24), "limits.visit", "give 1s to 24h.");
        foreach (var (path, limit) in new[] { ("limits.batch", pipeline.Limits.Batch), ("limits.az", pipeline.Limits.Az), ("limits.stage", pipeline.Limits.Stage), ("limits.decision", pipeline.Limits.Decision), ("limits.hold", pipeline.Limits.Hold), ("limits.queue", pipeline.Limits.Queue), ("unhealthy", pipeline.Unhealthy) })
        {
            Add(limit <= TimeSpan.Zero || limit > LongestTime, path, "give more than 0 and at most 30d: every wait is finite.");
        }

        Add(pipeline.Stages.IsEmpty, "stages", "there is no stage; give at least one.");
        Add(pipeline.Stages.Length > MostStages, "stages", $"there are {pipeline.Stages.Length}; at most {MostStages} are allowed.");
        Add(pipeline.Gates.Length > MostGates, "gates", $"there are {pipeline.Gates.Length}; at most {MostGates} are allowed.");
        CheckGates(pipeline.Gates, "gates", Add);
        CheckGates(pipeline.Rollback.Gates, "rollback.gates", Add);
        HealthRules.Check(pipeline, Add);
        CheckBake(pipeline.Rollback.Bake, "rollback.bake", Add);
        CheckStages(pipeline, Add);
        return errors.ToImmutable();
    }

    public static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static void CheckStages(Pipeline pipeline, Action<bool, string, string> add)
    {
        var names = new HashSet<string>();
        var regions = new Dictionary<(StageHosts, string), string>();
        var gates = pipeline.Gates.Select(gate => gate.Name).ToHashSet();
        for (var i = 0; i < pipeline.Stages.Length; i++)
        {
            var (stage, path) = (pipeline.Stages[i], $"stages[{i}]");
            add(stage.Name.Length is 0 or > LongestName, $"{path}.name", $"give 1 to {LongestName} characters.");
            add(!names.Add(stage.Name), $"{path}.name", $"'{stage.Name}' is the name of an earlier stage; each needs its own.");
            add(stage.Growth is < 1 or > 10, $"{path}.growth", "give 1 to 10.");
            add(stage.Waves.Length > MostParallel || stage.Waves.Any(share => share is < 1 or > 100) || !stage.Waves.SequenceEqual(stage.Waves.Distinct().Order()), $"{path}.waves", "give rising percents from 1% to 100%.");
            add(!stage.Waves.IsEmpty && stage.Growth != 1, $"{path}.growth", "waves are given by their shares already; leave one of the two out.");
            add(stage.Parallel is < 1 or > MostParallel, $"{path}.parallel", "give 1 to 100.");
            add(stage.Batch.Size < 1 || (stage.Batch.Percent && stage.Batch.Size > 100) || stage.Batch.Size > 100_000, $"{path}.batch", "give a number of hosts from 1 to 100000, or 1% to 100%.");
            add(stage.Hosts == StageHosts.Validators && stage.OneBox is not null, $"{path}.oneBox", "validators are themselves the first hosts; leave it out.");
            ApprovalRules.Check(stage.Approval, $"{path}.approval", add);
            CheckBake(stage.OneBox ?? Bake.None, $"{path}.oneBox", add);
            CheckBake(stage.BatchBake, $"{path}.bake.batch", add);
            CheckBake(stage.AzBake, $"{path}.bake.az", add);
            CheckBake(stage.RegionBake, $"{path}.bake.region", add);
            foreach (var gate in stage.Gates.Where(gate => !gates.Contains(gate)))
            {
                add(true, $"{path}.gates", $"there is no gate '{gate}'; name one of: {string.Join(", ", gates)}.");
            }

            foreach (var region in stage.Regions)
            {
                add(!regions.TryAdd((stage.Hosts, region), stage.Name), $"{path}.regions", $"{region} is in stage '{regions[(stage.Hosts, region)]}' already; name it once.");
            }
        }
    }

    private static void CheckGates(ImmutableArray<Gate> gates, string at, Action<bool, string, string> add)
    {
        var names = new HashSet<string>();
        for (var i = 0; i < gates.Length; i++)
        {
            var (gate, path) = (gates[i], $"{at}[{i}]");
            add(!IsName(gate.Name), $"{path}.name", $"give 1 to {LongestName} letters, digits, '-', '_' or '.'.");
            add(!names.Add(gate.Name), $"{path}.name", $"'{gate.Name}' is the name of an earlier gate; each needs its own.");
            add(gate.Metric.Length is 0 or > LongestName, $"{path}.metric", $"give a metric's name, 1 to {LongestName} characters.");
            var limited = gate is not { Max: null, Min: null, MaxIncrease: null, MaxRatio: null };
            add(!limited && gate.Canary is null && gate.Hosts is null, path, "it has no limit; give max, min, maxIncrease, maxRatio, canary or hosts.");
            HealthRules.Check(gate, limited, at, path, add);
            add(limited && gate.Canary is not null, path, "it has a limit beside canary; make two gates of it.");
            CanaryRules.Check(gate, at, path, add);
            add(new[] { gate.Max, gate.Min, gate.MaxIncrease, gate.MaxRatio, gate.Floor }.Any(limit => limit is { } number && !double.IsFinite(number)), path, "a limit is not a finite number.");
            add(gate.Max < gate.Min, path, "max is below min, so nothing could pass.");
            add(gate.MaxIncrease < 0, $"{path}.maxIncrease", "give 0 or more.");
            add(gate.MaxRatio < 1, $"{path}.maxRatio", "give 1 or more.");
            add(gate.MinSamples is < 1 or > 1_000_000_000, $"{path}.minSamples", "give 1 or more.");
            add(gate.Of is < 1 or > 20 || gate.Bad < 1 || gate.Bad > gate.Of, $"{path}.windows", "give 'm of n' with 1 <= m <= n <= 20.");
        }
    }

    private static void CheckBake(Bake bake, string path, Action<bool, string, string> add)
    {
        add(bake.Duration < TimeSpan.Zero || bake.Duration > LongestTime, $"{path}.for", "give 0s to 30d.");
        add(bake.Samples is < 0 or > 1_000_000_000_000, $"{path}.samples", "give 0 or more.");
        add(bake.Extend < TimeSpan.Zero || bake.Extend > LongestTime, $"{path}.extend", "give 0s to 30d.");
        add(bake.Samples > 0 && bake.Extend <= TimeSpan.Zero, $"{path}.extend", "samples may come slowly; say how much longer to wait for them before a person is asked.");
    }
}
