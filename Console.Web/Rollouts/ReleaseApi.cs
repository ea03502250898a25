using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts;

/// <summary>Releases over HTTP: which are known, proven good, in quarantine.</summary>
internal static class ReleaseApi
{
    public static void MapReleases(this IEndpointRouteBuilder api)
    {
        var releases = api.MapGroup("/releases").WithTags("releases");
        releases.MapGet("", (string? service, int? take, string? after, HttpContext http, IStates states) =>
            http.Seeing(() => List(states, service, take, after))).WithSummary("Releases by service, newest first, in pages.").Produces<ReleasePage>();
        releases.MapPost("", (RegisterBody body, HttpContext http) =>
            http.SendCommandAsync(new RegisterRelease(new(body.Service, body.Version, body.Digest, body.RollForwardOnly, body.Description)), body.Reason)).WithSummary("Makes a release known.").Produces<CommandDone>();
        releases.MapPost("/{service}/{version}/clear", (string service, string version, WhyBody body, HttpContext http) =>
            http.SendCommandAsync(new ClearQuarantine(service, version), body.Reason)).WithSummary("Takes a release out of quarantine; needs a reason.").Produces<CommandDone>();
        releases.MapPost("/{service}/{version}/adopt", (string service, string version, WhyBody body, HttpContext http) =>
            http.SendCommandAsync(new AdoptRelease(service, version), body.Reason)).WithSummary("Says that the fleet runs it already and that it is good; needs a reason.").Produces<CommandDone>();
    }

    private static IResult List(IStates states, string? service, int? take, string? after)
    {
        var all = states.All<ReleaseCatalog>(ReleaseStreams.Family).Select(one => one.State)
            .Where(catalog => service is null || catalog.Service == service)
            .SelectMany(catalog => catalog.Releases.Values)
            .OrderBy(standing => standing.Release.Service, StringComparer.Ordinal).ThenByDescending(standing => standing.RegisteredAt).ThenByDescending(standing => standing.Release.Version, StringComparer.Ordinal);
        return Paged.Answer(all, standing => $"{standing.Release.Service}/{standing.Release.Version}", _ => true, take, after, (page, next) => new ReleasePage([.. page.Select(Line)], next));
    }

    private static ReleaseLine Line(ReleaseStanding standing) =>
        new(
            standing.Release.Service, standing.Release.Version, standing.QuarantinedBy is not null ? "Quarantined" : standing.ProvenAt is not null ? "ProvenGood" : "Registered",
            standing.Release.Digest, standing.Release.RollForwardOnly, standing.Release.Description, standing.RegisteredAt, standing.ProvenBy, standing.ProvenAt,
            standing.QuarantinedBy, standing.QuarantineWhy, standing.QuarantinedBy is null ? null : standing.QuarantinedAt);

    /// <param name="Next">Send as <c>after</c> for the next page; null on the last one.</param>
    public sealed record ReleasePage(ReleaseLine[] Releases, string? Next);

    /// <param name="Standing">Registered, ProvenGood or Quarantined.</param>
    /// <param name="QuarantinedBy">The rollout that was rolled back from it.</param>
    public sealed record ReleaseLine(
        string Service, string Version, string Standing, string Digest, bool RollForwardOnly, string Description, DateTimeOffset RegisteredAt,
        string? ProvenBy, DateTimeOffset? ProvenAt, string? QuarantinedBy, string? QuarantineWhy, DateTimeOffset? QuarantinedAt);

    /// <param name="Digest"><c>sha256:</c> and 64 hex digits.</param>
    /// <param name="RollForwardOnly">It is never rolled back, only followed.</param>
    public sealed record RegisterBody(string Service, string Version, string Digest, bool RollForwardOnly = false, string Description = "", string? Reason = null);

    public sealed record WhyBody(string Reason);
}
