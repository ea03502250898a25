using System.Collections.Immutable;
using OpsConsole.Domain.Durability.Threats;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Durability.Threats;

/// <summary>What the page of threats shows: each guard against each threat, and when it was last proven.</summary>
/// <param name="Rows">A threat's guards one below the other, in the catalogue's order.</param>
/// <param name="Left">Whether only guards are shown that are not proven.</param>
public sealed record ThreatsModel(ImmutableArray<ThreatRow> Rows, int Pairs, int Proven, bool Left)
{
    public static ThreatsModel Of(DrillBook book, DateTimeOffset now, bool left)
    {
        var coverage = ThreatCoverage.Of(ThreatCatalogue.Shipped, book.Drills, now);
        return new([.. coverage.Threats.SelectMany(threat => RowsOf(threat, left))], coverage.Pairs, coverage.Proven, left);
    }

    public static StateKind Kind(GuardStanding standing) =>
        standing switch
        {
            GuardStanding.Proven => StateKind.Ok,
            GuardStanding.Stale => StateKind.Warn,
            GuardStanding.Failed => StateKind.Bad,
            _ => StateKind.Unknown,
        };

    public static string Words(GuardStanding standing) =>
        standing switch
        {
            GuardStanding.Proven => "proven",
            GuardStanding.Stale => "long ago",
            GuardStanding.Failed => "did not hold",
            _ => "never tried",
        };

    /// <summary>What taking a drill down means.</summary>
    public static string BlastRadius(ThreatRow row, bool held) =>
        held
            ? $"\"{row.Guard.Guard}\" counts as proven against {row.Threat.Id} for {ThreatCoverage.Fresh.TotalDays:0} days. Say where what was seen can be looked up: {row.Threat.Expected}"
            : $"\"{row.Guard.Guard}\" counts as not holding against {row.Threat.Id} until a drill shows that it does. Say where what was seen can be looked up.";

    private static IEnumerable<ThreatRow> RowsOf(CoveredThreat covered, bool left) =>
        covered.Guards.Where(guard => !left || guard.Standing != GuardStanding.Proven).Select((guard, place) => new ThreatRow(covered.Threat, guard, place == 0));
}

/// <param name="First">The first that is shown of its threat: it tells what the threat is.</param>
public sealed record ThreatRow(Threat Threat, GuardCoverage Guard, bool First);
