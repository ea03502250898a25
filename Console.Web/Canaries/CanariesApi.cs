using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Canaries.Silence;
using OpsConsole.Engine.Canaries;
using OpsConsole.Engine.Canaries.Silence;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Canaries;

/// <summary>Canaries over HTTP.</summary>
internal static class CanariesApi
{
    private const int MostRunNow = 30;

    public static void MapCanaries(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/canaries").WithTags("canaries");
        all.MapGet("", (string? service, int? take, string? after, HttpContext http, CanariesReader reader) => http.Seeing(() => Paged.Answer(
            reader.Book.Canaries.Values, known => known.Canary.Name, known => service is null || known.Canary.Service == service, take, after,
            (page, next) => new CanaryPage([.. page.Select(known => Line.Of(reader.Item(known, http.Actor())))], next, reader.Runner))));
        all.MapGet("/silence", (HttpContext http, CanariesReader reader) => http.Seeing(() => Results.Ok(reader.Silence(http.Actor()).Select(SilenceItem.Of))));
        all.MapGet("/{name}", (string name, HttpContext http, CanariesReader reader) => Named(http, reader, name, known => Results.Ok(new CanaryAnswer(known.Canary, reader.Item(known, http.Actor())))));
        all.MapGet("/{name}/failures", (string name, string? region, HttpContext http, CanariesReader reader) => Named(http, reader, name, _ => Results.Ok(reader.Failures(name, http.Actor(), region))));
        all.MapPut("/{name}", (string name, Canary canary, string? reason, HttpContext http) => canary.Name == name
            ? http.SendCommandAsync(new PutCanary(canary), reason)
            : Task.FromResult(Problems.Invalid("canaries.name", $"The address names '{name}', the body '{canary.Name}'.", "Give both the same name.")));
        all.MapDelete("/{name}", (string name, string? reason, HttpContext http) => http.SendCommandAsync(new RemoveCanary(name), reason));
        all.MapPost("/{name}/mute", (string name, MuteBody body, HttpContext http) => http.SendCommandAsync(new MuteCanary(name, body.Region, TimeSpan.FromMinutes(body.Minutes)), body.Reason));
        all.MapPost("/{name}/unmute", (string name, UnmuteBody body, HttpContext http) => http.SendCommandAsync(new UnmuteCanary(name, body.Region), body.Reason));
        all.MapPost("/{name}/run", RunAsync);
    }

    private static IResult Named(HttpContext http, CanariesReader reader, string name, Func<KnownCanary, IResult> answer) =>
        http.Seeing(() => reader.Book.Canaries.TryGetValue(name, out var known) ? answer(known) : NoSuch(name));

    private static IResult NoSuch(string name) => Problems.NotFound("canaries.no-such-canary", $"There is no canary '{name}'.", "See /api/v1/canaries.");

    private static async Task<IResult> RunAsync(string name, RunBody body, HttpContext http, CanariesReader reader, CanarySupervisor supervisor) =>
        await http.NeedingAsync(
            Permission.OperateCanaries,
            async () => !reader.Book.Canaries.TryGetValue(name, out var known) ? NoSuch(name)
                : await supervisor.RunNowAsync(known.Canary, body.Region, body.Vantage, MostRunNow, http.RequestAborted) is { Count: > 0 } results ? Results.Ok(results)
                : Problems.NotFound("canaries.nowhere", $"{name} has no target there.", "See where it runs: /api/v1/canaries/" + name),
            body.Region is { } region ? Scope.OfRegion(region, reader.Posts(http.Actor()).FirstOrDefault(post => post.Post.Region == region)?.Target.Partition) : Scope.Global);

    /// <param name="Minutes">1 to 10,080.</param>
    public sealed record MuteBody(double Minutes, string Reason, string? Region = null);

    public sealed record UnmuteBody(string? Region = null, string? Reason = null);

    public sealed record RunBody(string? Region = null, Vantage? Vantage = null);

    public sealed record CanaryAnswer(Canary Canary, CanaryItem Now);

    public sealed record CanaryPage(ImmutableArray<Line> Canaries, string? Next, RunnerItem Runner);

    /// <summary>A canary in a list: how many places stand how.</summary>
    public sealed record Line(string Name, string Service, string Does, double PeriodSeconds, int Places, int Served, int Degraded, int Slow, int Failing, int Broken, int Silent, int Waiting, bool Muted)
    {
        public static Line Of(CanaryItem item)
        {
            return new(item.Name, item.Service, item.Does, item.PeriodSeconds, item.All, Count(Standing.Served), Count(Standing.Degraded), Count(Standing.Slow), Count(Standing.Failing), Count(Standing.Broken), Count(Standing.Silent), Count(Standing.Waiting), !item.Mutes.IsEmpty);

            int Count(Standing standing) => item.Counts.GetValueOrDefault(standing);
        }
    }

    /// <param name="Seen">Customers' requests in the last whole minute; null where they were not counted.</param>
    public sealed record SilenceItem(string Service, string Region, bool Simulated, SilenceFinding Finding, string Says, bool Silent, DateTimeOffset Since, TrafficState Traffic, double? Seen, double? Usual, double? Low, string Detail)
    {
        public static SilenceItem Of(SilenceLine line) =>
            new(line.Where.Service, line.Where.Region, line.Where.Simulated, line.Finding, line.Finding.Words(), line.Finding.IsSilent(), line.Since, line.Traffic.State, line.Traffic.Seen, line.Traffic.Expected?.Median, line.Traffic.Expected?.Low, line.Traffic.Detail);
    }
}
