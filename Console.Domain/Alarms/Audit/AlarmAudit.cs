using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;

namespace OpsConsole.Domain.Alarms.Audit;

/// <summary>Which zones and stages lack which alarms, and which alarms cannot do their work. What is real comes before what is simulated.</summary>
public static class AlarmAudit
{
    public static ImmutableArray<AuditFinding> Of(AuditInput input)
    {
        var streams = new StreamLookup(input.Streams);
        var all = Zones(input, streams).Concat(Stages(input)).Concat(input.Alarms.SelectMany(one => AlarmSanity.Of($"{one.Group}/{one.Alarm.Definition.Name}", one.Alarm.Definition, streams, input.Bands, input.Now)));
        return [.. all.OrderBy(finding => finding.Simulated).ThenBy(finding => finding.Kind).ThenBy(finding => finding.Where, StringComparer.Ordinal)];
    }

    private static IEnumerable<AuditFinding> Zones(AuditInput input, StreamLookup streams)
    {
        foreach (var service in input.Zones.GroupBy(zone => zone.Service).OrderBy(service => service.Key, StringComparer.Ordinal))
        {
            var covered = Covered(input, service.Key);
            foreach (var essential in Essentials.All)
            {
                if (!essential.Metrics.Any(metric => streams.Measured(metric, service.Key)))
                {
                    yield return new(AuditKind.NotMeasured, service.Key, $"{service.Key} has no stream for '{essential.Id}' ({essential.What}): nobody hands in {string.Join(" or ", essential.Metrics)}.", "Have it measured and handed in, then make the alarm.") { Service = service.Key, Simulated = service.All(zone => zone.Simulated) };
                    continue;
                }

                var zones = service.GroupBy(zone => essential.Level == ZoneLevel.Az ? (ScopeKind.Az, zone.Az) : (ScopeKind.Region, zone.Region));
                foreach (var zone in zones.Where(zone => !covered.Contains((essential.Id, zone.Key.Item1, zone.Key.Item2))).OrderBy(zone => zone.Key.Item2, StringComparer.Ordinal))
                {
                    yield return new(AuditKind.LacksEssential, $"{zone.Key.Item1.ToString().ToLowerInvariant()}:{zone.Key.Item2}", $"{service.Key} in {zone.Key.Item2} has no alarm for '{essential.Id}': {essential.What}, and nothing would tell.", $"Put the starter set of {service.Key}, or an alarm of your own with that scope.") { Service = service.Key, Simulated = zone.All(one => one.Simulated) };
                }
            }
        }
    }

    private static HashSet<(string Essential, ScopeKind Kind, string Name)> Covered(AuditInput input, string service)
    {
        var covered = new HashSet<(string, ScopeKind, string)>();
        foreach (var (_, alarm) in input.Alarms.Where(one => one.Alarm.Definition.Service is null || one.Alarm.Definition.Service == service))
        {
            foreach (var essential in Essentials.All.Where(essential => Is(alarm.Definition, essential)))
            {
                covered.Add((essential.Id, alarm.Definition.Scope.Kind, alarm.Definition.Scope.Name));
            }
        }

        return covered;
    }

    private static bool Is(AlarmDefinition alarm, EssentialAlarm essential) =>
        alarm.Essential == essential.Id || (alarm.Essential is null && alarm.Rule is { } rule && rule.Inputs.Any(input => essential.Metrics.Contains(input.Streams.Metric)));

    private static IEnumerable<AuditFinding> Stages(AuditInput input)
    {
        var simulated = input.Zones.GroupBy(zone => zone.Region).ToDictionary(region => region.Key, region => region.All(zone => zone.Simulated), StringComparer.Ordinal);
        return from stage in input.Stages
               where !stage.AlarmGate && !stage.Regions.IsEmpty
               select new AuditFinding(AuditKind.StageWithoutAlarms, $"{stage.Pipeline}/{stage.Stage}", $"The stage '{stage.Stage}' of {stage.Pipeline} goes to {stage.Regions.Length} regions and obeys no alarm there.", "Give its pipeline a gate with 'alarms'.") { Service = stage.Service, Simulated = stage.Regions.All(region => simulated.GetValueOrDefault(region)) };
    }
}
