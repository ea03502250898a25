using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Approvals;

/// <summary>What one plan does that another does not, a line each: what an approver must look at again.</summary>
public static class PlanDifference
{
    public const int Most = 100;

    public static ImmutableArray<string> Between(RolloutPlan before, RolloutPlan after)
    {
        var lines = new List<string>();
        if ((before.Release, before.Digest) != (after.Release, after.Digest))
        {
            lines.Add($"the release is {after.Release} ({after.Digest}), was {before.Release} ({before.Digest})");
        }

        var (old, now) = (Places(before), Places(after));
        lines.AddRange(after.Stages.Select(stage => stage.Name).Except(before.Stages.Select(stage => stage.Name)).Select(stage => $"stage '{stage}' is new"));
        lines.AddRange(before.Stages.Select(stage => stage.Name).Except(after.Stages.Select(stage => stage.Name)).Select(stage => $"stage '{stage}' is gone"));
        lines.AddRange(Grouped(now.Keys.Except(old.Keys), host => now[host].Stage).Select(group => $"stage '{group.Stage}' has {Words.Hosts(group.Hosts.Length)} more: {Words.Some(group.Hosts)}"));
        lines.AddRange(Grouped(old.Keys.Except(now.Keys), host => old[host].Stage).Select(group => $"stage '{group.Stage}' has {Words.Hosts(group.Hosts.Length)} fewer: {Words.Some(group.Hosts)}"));
        lines.AddRange(old.Keys.Intersect(now.Keys).Where(host => old[host] != now[host]).Order(StringComparer.Ordinal).Select(host => $"{host} is in {now[host]}, was in {old[host]}"));
        lines.AddRange(Bakes(before, after));
        if (lines.Count == 0 && before.Hash() != after.Hash())
        {
            lines.Add("the order of its parts is another");
        }

        return lines.Count <= Most ? [.. lines] : [.. lines.Take(Most - 1), $"and {lines.Count - Most + 1} more differences"];
    }

    private static Dictionary<string, Place> Places(RolloutPlan plan) =>
        (from stage in plan.Stages
         from wave in stage.Waves.Select((wave, i) => (Regions: wave.Regions, Number: i + 1))
         from region in wave.Regions
         from batch in region.Batches.Select((batch, i) => (batch.Hosts, Number: i + 1))
         from host in batch.Hosts
         select (host, Place: new Place(stage.Name, wave.Number, region.Region, batch.Number)))
        .DistinctBy(one => one.host).ToDictionary(one => one.host, one => one.Place);

    private static IEnumerable<(string Stage, string[] Hosts)> Grouped(IEnumerable<string> hosts, Func<string, string> stageOf) =>
        hosts.GroupBy(stageOf).Select(group => (group.Key, group.Order(StringComparer.Ordinal).ToArray()));

    private static IEnumerable<string> Bakes(RolloutPlan before, RolloutPlan after) =>
        from stage in after.Stages
        let was = before.Stages.FirstOrDefault(one => one.Name == stage.Name)
        where was is not null
        from region in stage.Waves.SelectMany(wave => wave.Regions)
        let wasRegion = was.Waves.SelectMany(wave => wave.Regions).FirstOrDefault(one => one.Region == region.Region)
        where wasRegion is not null
        from pair in region.Batches.Zip(wasRegion.Batches).Select((pair, i) => (Now: pair.First.Bake, Was: pair.Second.Bake, Number: i + 1))
        where pair.Now != pair.Was
        select $"the bake after batch {pair.Number} of {region.Region} in stage '{stage.Name}' is {Words.Of(pair.Now.Duration)}, was {Words.Of(pair.Was.Duration)}";

    private sealed record Place(string Stage, int Wave, string Region, int Batch)
    {
        public override string ToString() => $"batch {Batch} of {Region} in wave {Wave} of stage '{Stage}'";
    }
}
