using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Domain.Rollouts.Replay;
using OpsConsole.Domain.Rollouts.Story;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts.Preview;

/// <summary>What is foreseen of a rollout, what it did, how two compare, and what another policy would have made of it.</summary>
internal static class ForecastApi
{
    public static void MapForecasts(this IEndpointRouteBuilder api)
    {
        var rollouts = api.MapGroup("/rollouts").WithTags("rollouts");
        rollouts.MapGet("/{id}/forecast", (string id, HttpContext http, RolloutJournal journal, IStates states, TimeProvider clock) =>
            Past(id, http, journal, states, past => Results.Ok(Forecast(past, states, clock.GetUtcNow())))).WithSummary("What was foreseen at its start, what is foreseen now, and how the batches that began differ.").Produces<ForecastAnswer>();
        rollouts.MapGet("/{id}/story", (string id, HttpContext http, RolloutJournal journal, IStates states) =>
            Past(id, http, journal, states, past => Results.Ok(past.Story))).WithSummary("What it did and when, told from the journal: spans, batches, where its time went, what stopped it.").Produces<RolloutStory>();
        rollouts.MapGet("/{id}/compare/{other}", (string id, string other, HttpContext http, RolloutJournal journal, IStates states) =>
            Past(id, http, journal, states, one => Past(other, http, journal, states, two => Results.Ok(RolloutComparison.Of((one.Rollout, one.Story, one.Events), (two.Rollout, two.Story, two.Events)))))).WithSummary("Two rollouts side by side.").Produces<RolloutComparison>();
        rollouts.MapPost("/{id}/replay", (string id, HttpContext http, RolloutJournal journal, IStates states) => ReplayAsync(id, http, journal, states))
            .RequestSizeLimit(PipelineReader.MostBytes).Accepts<string>("application/yaml", "application/x-yaml", "text/yaml", "text/plain").WithSummary("Judges a past rollout by another pipeline file, on what was really seen; changes nothing.").Produces<ReplayAnswer>();
    }

    private static Task<IResult> Past(string id, HttpContext http, RolloutJournal journal, IStates states, Func<RolloutPast, IResult> answer) =>
        Past(id, http, journal, states, past => Task.FromResult(answer(past)));

    private static Task<IResult> Past(string id, HttpContext http, RolloutJournal journal, IStates states, Func<RolloutPast, Task<IResult>> answer)
    {
        var service = states.Get<Rollout>(RolloutStreams.Of(id)).Service;
        return http.NeedingAsync(
            Permission.View,
            async () => await journal.ReadAsync(id, http.RequestAborted) is { } past ? await answer(past) : Problems.NotFound("rollout.unknown", $"There is no rollout '{id}'.", "See /api/v1/rollouts."),
            service.Length == 0 ? Scope.Global : Scope.OfService(service));
    }

    private static ForecastAnswer Forecast(RolloutPast past, IStates states, DateTimeOffset now)
    {
        var rollout = past.Rollout;
        var planned = RolloutForecaster.Of(ForecastReading.Of(states, rollout.Plan!, rollout.Pipeline!, rollout.StartedAt, EngineLoop.Interval, rollout.Id));
        var goes = rollout.Status is RolloutStatus.Planned or RolloutStatus.Running;
        var left = goes ? RolloutForecaster.Of(ForecastReading.UnderWay(states, rollout, now, EngineLoop.Interval)) : null;
        return new(rollout.Id, planned, left, goes ? null : rollout.Ended ? $"it ended as {rollout.Status}" : $"it is {rollout.Status} and waits for a person: {rollout.Why}", ForecastDifference.Of(planned, past.Story, left));
    }

    private static async Task<IResult> ReplayAsync(string id, HttpContext http, RolloutJournal journal, IStates states)
    {
        var (_, reading) = await PipelineApi.ReadAsync(http, http.RequestAborted);
        return await Past(id, http, journal, states, past =>
            reading.Content is not { } policy ? PipelineProblem.Of(reading.Errors, "Nothing was replayed.")
            : policy.Service != past.Rollout.Service ? Problems.Invalid("replay.other-service", $"The pipeline is of {policy.Service}, the rollout of {past.Rollout.Service}.", "Give a pipeline of the rollout's service.")
            : Results.Ok(past.Replay(policy)));
    }

    /// <param name="Planned">For the moment it started, with the calendar and the visits as they are known now.</param>
    /// <param name="Now">Of what is left; null where it has ended or waits for a person, see <paramref name="WhyNot"/>.</param>
    public sealed record ForecastAnswer(string Rollout, RolloutForecast Planned, RolloutForecast? Now, string? WhyNot, ForecastDifference Difference);
}
