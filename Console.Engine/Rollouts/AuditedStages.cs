using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Alarms.Audit;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Tells the audit of alarms where pipelines go and whether their gates obey alarms there.</summary>
public sealed class AuditedStages(IStates states) : IAuditedStages
{
    public IEnumerable<AuditStage> Stages()
    {
        var fleets = states.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State).ToArray();
        foreach (var pipeline in states.All<PipelineFile>(PipelineStreams.Family).Select(file => file.State.Content).OfType<Pipeline>().OrderBy(pipeline => pipeline.Name, StringComparer.Ordinal))
        {
            var named = pipeline.Stages.SelectMany(stage => stage.Regions).ToHashSet(StringComparer.Ordinal);
            foreach (var stage in pipeline.Stages)
            {
                var gates = pipeline.Gates.Where(gate => stage.Gates.IsEmpty || stage.Gates.Contains(gate.Name));
                var regions = fleets.Where(fleet => fleet.Hosts.Values.Any(host => host.Service == pipeline.Service) && Goes(pipeline, stage, fleet, named)).Select(fleet => fleet.Region).Order(StringComparer.Ordinal);
                yield return new(pipeline.Name, stage.Name, pipeline.Service, [.. regions], gates.Any(gate => gate.Alarms is not null));
            }
        }
    }

    private static bool Goes(Pipeline pipeline, PipelineStage stage, RegionFleet fleet, HashSet<string> named) =>
        (pipeline.Partitions.IsEmpty || pipeline.Partitions.Contains(fleet.Partition))
        && (stage.Partitions.IsEmpty || stage.Partitions.Contains(fleet.Partition))
        && (stage.Regions.IsEmpty ? stage.Hosts == StageHosts.Validators || !named.Contains(fleet.Region) : stage.Regions.Contains(fleet.Region));
}
