namespace OpsConsole.Web.Rollouts.Editor;

/// <summary>The list of pipelines, by name.</summary>
public sealed record PipelinesModel(IReadOnlyList<PipelineRow> Rows);

public sealed record PipelineRow(string Name, string Service, int Version, string Stages, int Gates);
