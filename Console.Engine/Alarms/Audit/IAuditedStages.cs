using OpsConsole.Domain.Alarms.Audit;

namespace OpsConsole.Engine.Alarms.Audit;

/// <summary>The stages of all pipelines, as whoever has pipelines tells them.</summary>
public interface IAuditedStages
{
    IEnumerable<AuditStage> Stages();
}
