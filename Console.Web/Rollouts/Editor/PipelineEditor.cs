using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Web.Rollouts.Preview;

namespace OpsConsole.Web.Rollouts.Editor;

/// <summary>A pipeline file as somebody writes it: what is wrong with it, what it would do, and how it differs from what is saved. Nothing is changed by looking.</summary>
/// <param name="Content">Null where there are errors.</param>
/// <param name="Plan">Of a release that no host runs yet; null where there are errors, or nothing is reached.</param>
public sealed record EditedPipeline(string Text, Pipeline? Content, ImmutableArray<FileError> Errors, PlanPreview? Plan, RolloutForecast? Forecast)
{
    public IReadOnlyList<ChangedLine> Changes { get; init; } = [];

    /// <summary>What the plan does that the saved pipeline's would not.</summary>
    public ImmutableArray<string> PlanChanges { get; init; } = [];

    public bool MayBeSaved => Content is not null && Changes.Count > 0;
}

/// <summary>Judges what is written in the editor; shared by all circuits.</summary>
public sealed class PipelineEditor(IStates states, ForecastBook forecasts)
{
    public const string New = "new";

    /// <summary>What a new file begins with.</summary>
    public const string Template = """
        # How releases of a service travel: stages one after another; in each region one AZ at a time.
        name: my-pipeline
        service: web
        capacityFloor: 66%
        window: 30s

        gates:
          - { name: errors, metric: error-rate, maxIncrease: 0.01, minSamples: 20, windows: 2 of 3 }

        stages:
          - name: validators
            hosts: validators
            bake:
              region: { for: 10m, extend: 10m }
          - name: everywhere
            regions: rest
            oneBox: { for: 30m, extend: 10m }
            batch: 10%
            parallel: 4
            bake:
              az: { for: 10m, extend: 10m }

        """;

    public PipelineFile Saved(string name) => states.Get<PipelineFile>(PipelineStreams.Of(name));

    /// <summary>The stream's version, to save on.</summary>
    public long VersionOf(string name) => states.VersionOf(PipelineStreams.Of(name));

    /// <summary>Rollouts under way that keep the version they began with.</summary>
    public int UnderWay(string name) => states.All<Rollout>(RolloutStreams.Family).Count(one => one.State is { Exists: true, Ended: false } && one.State.Pipeline!.Name == name);

    /// <param name="name">The pipeline that is edited; <see cref="New"/> for one that is not saved yet.</param>
    public EditedPipeline Look(string name, string text)
    {
        var saved = Saved(name);
        var reading = PipelineReader.Read(text);
        var errors = reading.Errors;
        if (reading.Content is { } read && name != New && read.Name != name)
        {
            errors = [new(LineOfName(text), "name", $"the file is of the pipeline '{read.Name}', and '{name}' is edited; make them the same, or make a new pipeline.")];
        }

        if (reading.Content is not { } content || !errors.IsEmpty)
        {
            return new(text, null, errors, null, null) { Changes = TextDifference.Between(saved.Text, text) };
        }

        var plan = Plan(content);
        return new(text, content, [], plan.Hosts == 0 ? null : PlanPreview.Of(plan), plan.Hosts == 0 ? null : forecasts.Of(plan, content))
        {
            Changes = TextDifference.Between(saved.Text, text),
            PlanChanges = saved.Content is { } before && before.Service == content.Service ? PlanDifference.Between(Plan(before), plan) : [],
        };
    }

    private RolloutPlan Plan(Pipeline pipeline) =>
        Planner.Plan(pipeline, new Release(pipeline.Service, "any new release", "", false, ""), states.All<Domain.Fleet.RegionFleet>(Domain.Fleet.FleetStreams.Family).Select(fleet => fleet.State));

    private static long LineOfName(string text) => Math.Max(0, Array.FindIndex(text.Split('\n'), line => line.StartsWith("name:", StringComparison.Ordinal))) + 1;
}
