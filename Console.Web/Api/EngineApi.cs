using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Api;

/// <summary>The engine's pulse over HTTP.</summary>
internal static class EngineApi
{
    public static void MapEngine(this IEndpointRouteBuilder api) =>
        api.MapGet("/engine", (HttpContext http, EnginePulse pulse, TimeProvider clock) => http.Seeing(() =>
        {
            var now = pulse.Now();
            return Results.Ok(new EngineAnswer(ConsoleVersion.Text, now.TickedAt, now.TickMs, now.Sequence, now.LastCommit, now.StaleAt(clock.GetUtcNow())));
        })).WithTags("engine");

    /// <param name="Stale">No tick for more than 5 seconds.</param>
    public sealed record EngineAnswer(string Version, DateTimeOffset TickedAt, double TickMs, long Sequence, DateTimeOffset? LastCommit, bool Stale);
}
