using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>
/// How long a visit takes, from drain to traffic restored: as the last visits took, region by region where there are enough, else in all regions, else as is
/// assumed. A batch takes as long as its slowest host: the more hosts, the higher the quantile.
/// </summary>
/// <param name="All">Of all regions, ascending.</param>
/// <param name="Assumed">Where nothing was measured.</param>
public sealed record VisitTimes(ImmutableDictionary<string, ImmutableArray<TimeSpan>> ByRegion, ImmutableArray<TimeSpan> All, TimeSpan Assumed)
{
    /// <summary>Fewer visits than this say nothing of a region of their own.</summary>
    public const int Enough = 5;

    private const int MostOfARegion = 1_000;
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);

    /// <summary>The same for every host.</summary>
    public static VisitTimes Fixed(TimeSpan time) => new(ImmutableDictionary<string, ImmutableArray<TimeSpan>>.Empty, [], time);

    /// <summary>From the last visit of each host, where it went well and changed a release.</summary>
    public static VisitTimes Of(IEnumerable<RegionFleet> fleets, Pipeline pipeline)
    {
        var regions = fleets.ToImmutableDictionary(fleet => fleet.Region, fleet => Measured(fleet, pipeline.Service));
        var half = pipeline.Limits.Visit / 2;
        return new(regions, [.. regions.Values.SelectMany(times => times).Order()], half < Usual ? half : Usual);
    }

    /// <summary>Until the last of some hosts that are visited at the same time is done.</summary>
    public TimeSpan Of(string region, int hosts)
    {
        var known = Known(region);
        return known.IsEmpty ? Assumed : known[(int)(((long)known.Length * hosts + hosts) / (hosts + 1)) - 1];
    }

    /// <summary>Where the figure of a region comes from, in words.</summary>
    public string Basis(string region) =>
        Known(region) is { IsEmpty: false } known
            ? string.Create(CultureInfo.InvariantCulture, $"measured: {known.Length} visits {(known == All ? "in all regions" : $"in {region}")}, half of them within {Words.Of(Of(region, 1))}")
            : $"assumed: no visit was measured yet, so {Words.Of(Assumed)} are taken for each";

    private ImmutableArray<TimeSpan> Known(string region) => ByRegion.TryGetValue(region, out var own) && own.Length >= Enough ? own : All;

    private static ImmutableArray<TimeSpan> Measured(RegionFleet fleet, string service) =>
    [
        .. fleet.Visits.Values.Where(visit => visit is { Status: VisitStatus.Done, EndedAt: not null, Purpose: VisitPurpose.Forward or VisitPurpose.Rollback } && fleet.Hosts.GetValueOrDefault(visit.Host)?.Service == service)
            .Take(MostOfARegion).Select(visit => visit.EndedAt!.Value - visit.Since).Order(),
    ];
}
