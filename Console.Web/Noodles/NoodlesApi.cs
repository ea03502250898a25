using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Runs;
using OpsConsole.Engine.Noodles.Reports;
using OpsConsole.Engine.Noodles.Steps;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Noodles;

/// <summary>Behaviour tests over HTTP: the catalogue, steps and who uses them, targets, runs, pools.</summary>
internal static class NoodlesApi
{
    public static void MapNoodles(this IEndpointRouteBuilder api)
    {
        var noodles = api.MapGroup("/noodles").WithTags("noodles");
        noodles.MapGet("/scenarios", (HttpContext http, NoodleReader reader, string? tags, string? name, string? feature, int? take, string? after) => http.Seeing(() => Scenarios(reader, tags, name, feature, take, after)));
        noodles.MapGet("/steps", (HttpContext http, NoodleReader reader, string? owner, int? take, string? after) => http.Seeing(() =>
            Paged.Answer(reader.Uses.Steps.Select(StepItem.Of), step => step.Id, step => owner is null || step.Owner == owner, take, after, (page, next) => new { steps = page, next })));
        noodles.MapGet("/lint", (HttpContext http, NoodleReader reader) => http.Seeing(() => Results.Ok(new { faults = reader.Uses.Faults.Take(500) })));
        noodles.MapGet("/targets", (HttpContext http, NoodleReader reader) => http.Seeing(() => Results.Ok(new { targets = reader.Targets.Targets.Select(TargetItem.Of), fault = reader.Targets.Fault })));
        noodles.MapGet("/pools", (HttpContext http, NoodleReader reader) => http.Seeing(() => Results.Ok(new { pools = reader.Pools })));
        noodles.MapGet("/runs", (HttpContext http, NoodleReader reader, int? take, string? after) => http.Seeing(() => Paged.Answer(reader.Runs, run => run.Id, _ => true, take, after, (page, next) => new { runs = page, next })));
        noodles.MapPost("/runs", (RunBody body, HttpContext http, NoodleReader reader) => StartAsync(body, http, reader));
        noodles.MapGet("/runs/{id}", (string id, HttpContext http, NoodleReader reader) => http.Seeing(() => reader.Find(id) is { } entry ? Results.Ok(new { run = entry, progress = reader.Now is { } now && now.Id == id ? new { now.Of, done = now.Done.Length } : null, result = reader.Result(id) }) : None(id)));
        noodles.MapGet("/runs/{id}/messages", (string id, HttpContext http, NoodleReader reader) => http.Seeing(() => reader.MessagesOf(id) is { } file ? Results.File(file, "application/x-ndjson") : None(id)));
        noodles.MapGet("/runs/{id}/junit", (string id, HttpContext http, NoodleReader reader) => http.Seeing(() => reader.Result(id) is { } result ? Results.Text(JUnitWriter.Write(result).ToString(), "application/xml") : None(id)));
    }

    /// <summary>As the command wants it; null texts are empty.</summary>
    internal static NoodleOrder OrderOf(RunBody body) => new(body.Target, body.Tags ?? "", body.Name ?? "", [.. body.Features ?? []], body.Parallel ?? 4, body.Retries ?? 0);

    private static IResult Scenarios(NoodleReader reader, string? tags, string? name, string? feature, int? take, string? after)
    {
        var (pickles, fault) = reader.Pick(new(tags ?? "", name ?? "", feature is null ? [] : [feature]));
        return fault is not null ? Problems.Invalid("noodles.tags", fault, "Write the tag expression otherwise.") : Paged.Answer(pickles.Select(ScenarioItem.Of), one => one.Id, _ => true, take, after, (page, next) => new { scenarios = page, next });
    }

    private static async Task<IResult> StartAsync(RunBody body, HttpContext http, NoodleReader reader)
    {
        if (body.Target is null || reader.Targets.Targets.All(target => target.Name != body.Target))
        {
            return Problems.NotFound("noodles.no-such-target", $"There is no target '{body.Target}'.", "See /noodles/targets.");
        }

        return await http.SendCommandAsync(new RequestNoodleRun(body.Id ?? NewId(http.RequestServices.GetRequiredService<TimeProvider>()), OrderOf(body)), body.Reason);
    }

    internal static string NewId(TimeProvider clock) => $"run-{clock.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss-fff}";

    private static IResult None(string id) => Problems.NotFound("noodles.no-such-run", $"There is nothing kept of a run '{id}'.", "See /noodles/runs; of older runs only the messages are kept, and of still older ones nothing.");

    /// <param name="Id">Of the run; made where it is left out.</param>
    /// <param name="Tags">A tag expression; all where it is left out.</param>
    /// <param name="Features">Files, with <c>:line</c> where one scenario is meant.</param>
    public sealed record RunBody(string Target, string? Reason, string? Id = null, string? Tags = null, string? Name = null, string[]? Features = null, int? Parallel = null, int? Retries = null);

    public sealed record ScenarioItem(string Id, string Feature, string Rule, string Name, ImmutableArray<string> Tags, ImmutableArray<string> Steps)
    {
        public static ScenarioItem Of(Pickle pickle) => new(pickle.Id, pickle.Feature, pickle.Rule, pickle.Name, pickle.Tags, [.. pickle.Steps.Select(step => step.Keyword + step.Text)]);
    }

    public sealed record StepItem(string Id, string Text, bool Regular, string Owner, string Where, string Does, ImmutableArray<string> Links, int Uses, ImmutableArray<string> Users)
    {
        private const int MostUsers = 200;

        public static StepItem Of(StepUse use) =>
            new($"{use.Sentence.Owner}/{use.Sentence.Text}", use.Sentence.Text, use.Sentence.Regular, use.Sentence.Owner, use.Sentence.Where, use.Sentence.Does, use.Links, use.Users.Length, [.. use.Users.Take(MostUsers)]);
    }

    /// <summary>Without secrets.</summary>
    public sealed record TargetItem(string Name, Uri Endpoint, string Region, string Vantage, int Accounts, ImmutableSortedSet<string> Lacks, ImmutableSortedDictionary<string, string> KnownDifferences)
    {
        public static TargetItem Of(NoodleTarget target) => new(target.Name, target.Endpoint, target.Region, target.Vantage, target.Accounts.Length, target.Lacks, target.KnownDifferences);
    }
}
