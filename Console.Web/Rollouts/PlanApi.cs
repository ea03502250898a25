using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts;

/// <summary>What a start would do, by the planner that the start itself uses; nothing is changed.</summary>
internal static class PlanApi
{
    public static void MapPlan(this IEndpointRouteBuilder api) =>
        api.MapPost("/plan", (PlanBody body, HttpContext http, IStates states, ISafetyAuthorities authorities, TimeProvider clock) =>
        {
            var service = body.Service ?? states.Get<PipelineFile>(PipelineStreams.Of(body.Pipeline)).Content?.Service ?? "";
            return http.Needing(Permission.View, () => Preview(states, authorities, service, body, clock.GetUtcNow()), service.Length == 0 ? Scope.Global : Scope.OfService(service));
        }).WithTags("rollouts").WithSummary("What a start would do now, host by host; changes nothing.").Produces<PlanAnswer>();

    private static IResult Preview(IStates states, ISafetyAuthorities authorities, string service, PlanBody body, DateTimeOffset now)
    {
        var (input, refused) = ForecastReading.Start(states, service, body.Version, body.Pipeline, body.Start is { } start && start > now ? start : now, EngineLoop.Interval, hotfix: body.Hotfix, authorities: authorities);
        if (input?.Plan is not { } plan)
        {
            return Problems.From(refused!);
        }

        var preview = PlanPreview.Of(plan);
        return Results.Ok(new PlanAnswer(
            plan.Hash(),
            plan.Service,
            plan.Release,
            plan.Before,
            plan.Hosts,
            (long)preview.Least.TotalSeconds,
            [.. plan.Notes],
            [.. preview.Stages.Select(stage => new StageFigures(stage.Name, [.. stage.Regions], stage.Batches, stage.Hosts, (long)stage.Least.TotalSeconds))],
            plan,
            RolloutForecaster.Of(input)));
    }

    /// <param name="Service">The pipeline's own where left out.</param>
    /// <param name="Start">When it would start, for the forecast; now where left out or past.</param>
    /// <param name="Hotfix">The plan of the hotfix lane.</param>
    public sealed record PlanBody(string Pipeline, string Version, string? Service = null, DateTimeOffset? Start = null, bool Hotfix = false);

    /// <param name="Hash">Send it as <c>plan</c> with the start: a plan that has changed since is refused.</param>
    /// <param name="Before">What most of the hosts run now; null where they said none.</param>
    /// <param name="LeastSeconds">Bakes alone: it cannot be quicker.</param>
    /// <param name="Forecast">Times, holds, approvals and exposure, if all goes well.</param>
    public sealed record PlanAnswer(string Hash, string Service, string Release, string? Before, int Hosts, long LeastSeconds, string[] Notes, StageFigures[] Stages, RolloutPlan Plan, RolloutForecast Forecast);

    public sealed record StageFigures(string Name, string[] Regions, int Batches, int Hosts, long LeastSeconds);
}
