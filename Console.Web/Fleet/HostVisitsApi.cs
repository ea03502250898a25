using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Fleet;

/// <summary>A host's whole history of visits over HTTP, newest first.</summary>
internal static class HostVisitsApi
{
    public static async Task<IResult> ReadAsync(string region, string host, long? before, int? take, HttpContext http, FleetSummaries summaries, VisitHistory history)
    {
        var fleet = summaries.Region(region);
        if (Permissions.Check(http.Actor(), Permission.View, Scope.OfRegion(region, fleet.Partition)) is { } refused)
        {
            return Problems.From(refused);
        }

        if (HostRules.NameProblem(region) is not null || HostRules.NameProblem(host) is not null)
        {
            return Problems.NotFound("fleet.no-such-host", $"There is no such host in {region}.", "See /api/v1/fleet/regions.");
        }

        if (take is < 1 or > VisitHistory.MostTaken)
        {
            return Problems.Invalid("fleet.take", $"take is {take}.", $"Ask for 1 to {VisitHistory.MostTaken} visits, then for the older ones with 'before'.");
        }

        var page = await history.ReadAsync(region, host, before, take ?? 20, http.RequestAborted);
        return page.Visits.IsEmpty && page.Next is null && !fleet.Hosts.ContainsKey(host)
            ? Problems.NotFound("fleet.no-such-host", $"{region} has no host '{host}', and never visited one.", $"See /api/v1/fleet/regions/{region}/hosts.")
            : Results.Ok(new HostVisitsAnswer([.. page.Visits.Select(VisitAnswer.Of)], page.Next));
    }
}

/// <param name="Next">Send as <c>before</c> for the older ones; null where there are none.</param>
internal sealed record HostVisitsAnswer(VisitAnswer[] Visits, long? Next);

/// <param name="Status">Null where a later visit took the host over.</param>
/// <param name="Activities">What was done, in order.</param>
/// <param name="Steps">Those that were done.</param>
internal sealed record VisitAnswer(
    string Id, VisitPurpose Purpose, ImmutableArray<string> Activities, VisitStatus? Status, DateTimeOffset Since, DateTimeOffset? EndedAt, string? Detail, string? Release, string? Digest, string? Rollout, long? Reservation, long Token,
    ImmutableArray<PastStep> Steps, ShardSample? Sample)
{
    public static VisitAnswer Of(PastVisit one) =>
        new(
            one.Visit.Id, one.Visit.Purpose, one.Activities, one.Status, one.Visit.Since, one.EndedAt, one.Detail, one.Visit.Release, one.Visit.Digest, one.Visit.Rollout, one.Visit.Reservation, one.Visit.Token, one.Steps, one.Sample);
}
