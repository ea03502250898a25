using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Runs;
using OpsConsole.Engine.Noodles.Book;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Steps;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Noodles;

/// <summary>What the page asks for, from its address.</summary>
/// <param name="View">One of <see cref="NoodlesModel.Views"/>; the first where it is none.</param>
/// <param name="Run">Id of the run shown in full.</param>
public sealed record NoodlesQuery(string? View = null, string? Tags = null, string? Name = null, string? Run = null, string? Owner = null)
{
    public string Address(string view) =>
        "/noodles" + Cli.Query.Of(("view", view == NoodlesModel.Views[0] ? null : view), ("tags", Empty(Tags)), ("name", Empty(Name)), ("owner", Empty(Owner)));

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>What the page of Noodles shows.</summary>
/// <param name="Fault">Why the filter selects nothing; null where it can be read.</param>
/// <param name="Shown">The run asked for.</param>
public sealed record NoodlesModel(
    string View, NoodlesQuery Query, ImmutableArray<ScenarioLine> Scenarios, int All, string? Fault, ImmutableArray<StepUse> Steps, ImmutableArray<string> Lint, ImmutableArray<RunLine> Runs, RunDetail? Shown,
    ImmutableArray<PoolView> Pools, ImmutableArray<string> Targets, string? TargetsFault)
{
    public static readonly ImmutableArray<string> Views = ["scenarios", "steps", "runs", "pools"];

    public ImmutableArray<string> Owners { get; init; } = [];

    public static NoodlesModel Of(NoodleReader reader, NoodlesQuery query)
    {
        var view = query.Run is not null ? "runs" : query.View is { } asked && Views.Contains(asked) ? asked : Views[0];
        var (pickles, fault) = reader.Pick(new(query.Tags ?? "", query.Name ?? ""));
        var targets = reader.Targets;
        return new(
            view, query, view == "scenarios" ? [.. pickles.Select(ScenarioLine.Of)] : [], reader.Features.Pickles.Length, fault,
            view == "steps" ? [.. reader.Uses.Steps.Where(step => string.IsNullOrEmpty(query.Owner) || step.Sentence.Owner == query.Owner)] : [], reader.Uses.Faults,
            [.. reader.Runs.Select(run => RunLine.Of(run, reader.Now))], query.Run is { } id && reader.Find(id) is { } entry ? RunDetail.Of(entry, reader.Result(id), reader.Now, reader.MessagesOf(id) is not null) : null,
            reader.Pools, [.. targets.Targets.Select(target => target.Name)], targets.Fault)
        {
            Owners = [.. reader.Uses.Steps.Select(step => step.Sentence.Owner).Distinct().Order(StringComparer.Ordinal)],
        };
    }
}

public sealed record ScenarioLine(string Id, string Feature, string Name, string Tags)
{
    public static ScenarioLine Of(Pickle pickle) => new(pickle.Id, pickle.Feature, pickle.Name, string.Join(' ', pickle.Tags.Distinct()));
}

/// <param name="Words">How far it is, or how it ended.</param>
public sealed record RunLine(NoodleRunEntry Entry, StateKind Kind, string Words)
{
    public static RunLine Of(NoodleRunEntry run, RunProgress? now)
    {
        var (kind, words) =
            run.EndedAt is null ? now?.Id == run.Id ? (StateKind.Run, $"running, {now.Done.Length} of {now.Of}") : (StateKind.Idle, "waiting")
            : run.Fault is { } fault ? (StateKind.Bad, fault)
            : run.Passed ? run.Flaky > 0 ? (StateKind.Warn, $"passed, {Ages.Of(run.Flaky, "flaky one", "flaky ones")}") : (StateKind.Ok, "passed")
            : (StateKind.Bad, $"{run.Failed} of {run.Scenarios} failed");
        return new(run, kind, words);
    }
}

/// <param name="Scenarios">Those that are not as they should be first. Empty where only the messages are kept, or nothing.</param>
public sealed record RunDetail(RunLine Line, ImmutableArray<ScenarioResult> Scenarios, string Counts, bool HasMessages, bool HasEvidence)
{
    /// <summary>More would make the page slow; the rest is in the messages.</summary>
    public const int MostShown = 300;

    public static RunDetail Of(NoodleRunEntry entry, NoodleRunResult? result, RunProgress? now, bool messages)
    {
        var all = result?.Scenarios ?? (now?.Id == entry.Id ? now.Done : []);
        var counts = string.Join(", ", all.GroupBy(scenario => scenario.Status).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"));
        return new(RunLine.Of(entry, now), [.. all.OrderBy(scenario => scenario.Good).ThenBy(scenario => scenario.PickleId, StringComparer.Ordinal).Take(MostShown)], counts, messages, result is not null || now?.Id == entry.Id);
    }

    public static StateKind KindOf(ScenarioResult scenario) => !scenario.Good ? StateKind.Bad : scenario.Flaky || scenario.Note is not null ? StateKind.Warn : scenario.Status == StepStatus.Skipped ? StateKind.Idle : StateKind.Ok;

    public static StateKind KindOf(StepStatus status) => status switch { StepStatus.Passed => StateKind.Ok, StepStatus.Skipped => StateKind.Idle, StepStatus.Failed => StateKind.Bad, _ => StateKind.Warn };
}
