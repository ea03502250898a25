using System.Text;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts;

/// <summary>Pipeline files over HTTP. A file with an error changes nothing, and all its errors come back at once, with their lines.</summary>
internal static class PipelineApi
{
    private const string Yaml = "application/yaml";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapPipelines(this IEndpointRouteBuilder api)
    {
        var pipelines = api.MapGroup("/pipelines").WithTags("pipelines");
        pipelines.MapGet("", (int? take, string? after, HttpContext http, IStates states) => http.Seeing(() => List(states, take, after))).WithSummary("Pipelines by name, in pages.").Produces<PipelinePage>();
        pipelines.MapGet("/{name}", (string name, HttpContext http, IStates states) => http.Seeing(() => Show(http, states, name))).WithSummary("The file as it was written.").Produces<string>(contentType: Yaml);
        pipelines.MapPut("/{name}", PutAsync).Takes().WithSummary("Keeps a pipeline file. Rollouts under way keep the version they began with.").Produces<CommandDone>();
        pipelines.MapPost("/validate", (HttpContext http, CancellationToken cancel) => ValidateAsync(http, cancel)).Takes().WithSummary("Judges a pipeline file; changes nothing.").Produces<ValidAnswer>();
    }

    private static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint) =>
        endpoint.RequestSizeLimit(PipelineReader.MostBytes).Accepts<string>(Yaml, "application/x-yaml", "text/yaml", "text/plain");

    private static IResult List(IStates states, int? take, string? after)
    {
        var all = states.All<PipelineFile>(PipelineStreams.Family).Where(one => one.State.Content is not null).OrderBy(one => one.State.Name, StringComparer.Ordinal);
        return Paged.Answer(all, one => one.State.Name, _ => true, take, after, (page, next) => new PipelinePage(
            [.. page.Select(one => new PipelineLine(one.State.Name, one.State.Content!.Service, one.State.Version, [.. one.State.Content.Stages.Select(stage => stage.Name)], [.. one.State.Content.Gates.Select(gate => gate.Name)]))], next));
    }

    private static IResult Show(HttpContext http, IStates states, string name)
    {
        var file = states.Get<PipelineFile>(PipelineStreams.Of(name));
        if (file.Content is null)
        {
            return Problems.NotFound("pipeline.unknown", $"There is no pipeline '{name}'.", "See /api/v1/pipelines.");
        }

        http.Response.Headers.ETag = $"\"{states.VersionOf(PipelineStreams.Of(name))}\"";
        return Results.Text(file.Text, Yaml, Encoding.UTF8);
    }

    private static async Task<IResult> PutAsync(string name, string? reason, HttpContext http)
    {
        // Whoever may edit no pipeline at all is refused before the file is read; the command asks again, for its service.
        if (!http.Actor().Grants.Any(grant => grant.Role >= Permissions.LeastRole(Permission.EditPipelines)) && Permissions.Check(http.Actor(), Permission.EditPipelines, Scope.Global) is { } refused)
        {
            return Problems.From(refused);
        }

        var (text, reading) = await ReadAsync(http, http.RequestAborted);
        return reading.Content is not { } content ? PipelineProblem.Of(reading.Errors, "The pipeline was not saved; nothing was changed.")
            : content.Name != name ? PipelineProblem.Of([new(LineOfName(text), "name", $"the file is of the pipeline '{content.Name}', the path says '{name}'; make them the same.")], "The pipeline was not saved; nothing was changed.")
            : await http.SendCommandAsync(new SavePipeline(content, text), reason);
    }

    private static async Task<IResult> ValidateAsync(HttpContext http, CancellationToken cancel)
    {
        if (http.Actor().Grants.IsDefaultOrEmpty && Permissions.Check(http.Actor(), Permission.View, Scope.Global) is { } refused)
        {
            return Problems.From(refused);
        }

        var (_, reading) = await ReadAsync(http, cancel);
        return reading.Content is { } content
            ? Results.Ok(new ValidAnswer(content.Name, content.Service, content.Stages.Length, content.Gates.Length))
            : PipelineProblem.Of(reading.Errors, "The pipeline file is not valid.");
    }

    internal static async Task<(string Text, PipelineReading Reading)> ReadAsync(HttpContext http, CancellationToken cancel)
    {
        try
        {
            using var reader = new StreamReader(http.Request.Body, Utf8);
            var text = await reader.ReadToEndAsync(cancel);
            return (text, PipelineReader.Read(text));
        }
        catch (DecoderFallbackException)
        {
            return ("", new(null, [new(1, "", "it is not text in UTF-8; save it as UTF-8.")]));
        }
    }

    private static long LineOfName(string text) => Math.Max(0, Array.FindIndex(text.Split('\n'), line => line.StartsWith("name:", StringComparison.Ordinal))) + 1;

    /// <param name="Next">Send as <c>after</c> for the next page; null on the last one.</param>
    public sealed record PipelinePage(PipelineLine[] Pipelines, string? Next);

    /// <param name="Version">How many times it was saved.</param>
    public sealed record PipelineLine(string Name, string Service, int Version, string[] Stages, string[] Gates);

    /// <summary>The file is valid.</summary>
    public sealed record ValidAnswer(string Name, string Service, int Stages, int Gates);
}
