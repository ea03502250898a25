using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Rollouts;

/// <summary>Pipeline, release and fleets to a plan. The same for a preview and for the run (law 13).</summary>
public static class Planner
{
    private const int MostNotes = 20;

    /// <summary>Hosts that already run the release and are in service are left out, so planning again picks up only what is missing.</summary>
    public static RolloutPlan Plan(Pipeline pipeline, Release release, IEnumerable<RegionFleet> fleets)
    {
        var hosts = fleets.SelectMany(fleet => fleet.Hosts.Values).Where(host => host.Service == pipeline.Service && (pipeline.Partitions.IsEmpty || pipeline.Partitions.Contains(host.Partition))).OrderBy(host => host.Id, StringComparer.Ordinal).ToArray();
        var regions = hosts.GroupBy(host => host.Region).OrderBy(region => region.Key, StringComparer.Ordinal).ToDictionary(region => region.Key, region => region.ToArray());
        var todo = regions.ToDictionary(region => region.Key, region => region.Value.Where(host => host.Release != release.Version || host.State != HostState.InService).ToArray());
        var named = pipeline.Stages.Where(stage => stage.Hosts == StageHosts.Regions).SelectMany(stage => stage.Regions).ToHashSet();
        var taken = new HashSet<string>();
        var watched = new HashSet<string>();
        var notes = new List<string>();
        var stages = ImmutableArray.CreateBuilder<PlannedStage>();
        foreach (var stage in pipeline.Stages)
        {
            var chosen = Choose(stage, regions.Values.Select(region => region[0]), named, stage.Hosts == StageHosts.Validators ? watched : taken);
            notes.AddRange(stage.Regions.Where(region => !regions.ContainsKey(region)).Select(region => $"stage {stage.Name} names {region}, which has no host of {pipeline.Service}"));
            var planned = chosen.Select(region => new PlannedRegion(region, regions[region][0].Partition, Batches(pipeline, stage, todo[region], regions[region], notes)))
                .Where(region => !region.Batches.IsEmpty);
            stages.Add(new(stage.Name, Waves(stage, [.. planned])) { Gates = stage.Gates });
        }

        var missed = regions.Keys.Where(region => !taken.Contains(region)).ToArray();
        notes.AddRange(missed.Select(region => $"no stage reaches {region}; its hosts stay as they are"));
        if (watched.Count > 0)
        {
            notes.AddRange(regions.Where(region => !watched.Contains(region.Key) && region.Value.Any(host => host.Validator)).Select(region => $"no stage reaches the validators of {region.Key}; they stay as they are"));
        }

        var before = hosts.Where(host => host.Release is not null && host.Release != release.Version).GroupBy(host => host.Release)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        return new RolloutPlan(pipeline.Service, release.Version, release.Digest, before, stages.ToImmutable()) { Notes = [.. notes.Distinct().Take(MostNotes)], Stateful = hosts.Any(host => host.Role != HostRole.Web) };
    }

    /// <summary>How many of an AZ's hosts may be out of service at once: never more than leaves the floor, but always one.</summary>
    public static int MostOut(int hosts, int floorPercent) => Math.Max(1, (int)((long)hosts * (100 - floorPercent) / 100));

    private static ImmutableArray<PlannedWave> Waves(PipelineStage stage, ImmutableArray<PlannedRegion> regions)
    {
        var waves = ImmutableArray.CreateBuilder<PlannedWave>();
        var at = 0;
        foreach (var size in WaveSizes.Of(stage, regions.Length))
        {
            waves.Add(new([.. regions.Skip(at).Take(size)]));
            at += size;
        }

        return waves.ToImmutable();
    }

    private static IEnumerable<string> Choose(PipelineStage stage, IEnumerable<Host> oneOfEach, HashSet<string> named, HashSet<string> taken)
    {
        var all = oneOfEach.ToArray();
        if (stage.Hosts == StageHosts.Validators)
        {
            return [.. all.Where(host => stage.Regions.IsEmpty || stage.Regions.Contains(host.Region)).Select(host => host.Region).Where(taken.Add)];
        }

        var listed = stage.Regions.Where(region => all.Any(host => host.Region == region));
        var others = all.Where(host => !named.Contains(host.Region) && (stage.Partitions.IsEmpty ? stage.Regions.IsEmpty : stage.Partitions.Contains(host.Partition))).Select(host => host.Region);
        return [.. listed.Concat(others).Where(taken.Add)];
    }

    private static ImmutableArray<PlannedBatch> Batches(Pipeline pipeline, PipelineStage stage, Host[] todo, Host[] all, List<string> notes)
    {
        if (stage.Hosts == StageHosts.Validators)
        {
            return [.. ByAz(todo.Where(host => host.Validator)).Select((az, i) => new PlannedBatch(az.Key, BatchKind.Validators, [.. az.Select(host => host.Id)], stage.RegionBake.IsNone ? stage.BatchBake : stage.RegionBake))];
        }

        var batches = new List<PlannedBatch>();
        foreach (var az in ByAz(todo.Where(host => !host.Validator)))
        {
            var inAz = all.Count(host => host.Az == az.Key && !host.Validator);
            if (inAz > 0 && inAz - 1 < inAz * pipeline.CapacityFloor / 100)
            {
                notes.Add($"one host at a time leaves {az.Key} below the capacity floor of {pipeline.CapacityFloor} %");
            }

            var hosts = az.Select(host => host.Id).ToList();
            if (batches.Count == 0 && stage.OneBox is { } bake)
            {
                batches.Add(new(az.Key, BatchKind.OneBox, [hosts[0]], bake));
                hosts.RemoveAt(0);
            }

            var size = Math.Min(stage.Batch.Of(inAz), MostOut(inAz, pipeline.CapacityFloor));
            batches.AddRange(hosts.Chunk(size).Select(chunk => new PlannedBatch(az.Key, BatchKind.Batch, [.. chunk], stage.BatchBake)));
        }

        return WithLastBakes(batches, stage.AzBake, stage.RegionBake);
    }

    internal static ImmutableArray<PlannedBatch> WithLastBakes(List<PlannedBatch> batches, Bake az, Bake region)
    {
        for (var i = 0; i < batches.Count; i++)
        {
            var last = i == batches.Count - 1;
            if (last && !region.IsNone)
            {
                batches[i] = batches[i] with { Bake = Longer(batches[i], region) };
            }
            else if ((last || batches[i + 1].Az != batches[i].Az) && !az.IsNone)
            {
                batches[i] = batches[i] with { Bake = Longer(batches[i], az) };
            }
        }

        return [.. batches];
    }

    /// <summary>A one-box that is also its AZ's only host keeps its own bake where that is longer.</summary>
    private static Bake Longer(PlannedBatch batch, Bake bake) => batch.Kind == BatchKind.OneBox && batch.Bake.Duration > bake.Duration ? batch.Bake : bake;

    internal static IEnumerable<IGrouping<string, Host>> ByAz(IEnumerable<Host> hosts) => hosts.GroupBy(host => host.Az).OrderBy(az => az.Key, StringComparer.Ordinal);
}
