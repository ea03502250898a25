using System.Collections.Immutable;

namespace OpsConsole.Domain.Durability.Threats;

public enum GuardStanding
{
    /// <summary>Never tried: a hope, not a guard.</summary>
    Unproven,

    /// <summary>Held when last tried, too long ago.</summary>
    Stale,

    /// <summary>Did not hold when last tried.</summary>
    Failed,
    Proven,
}

/// <summary>One guard against one threat.</summary>
/// <param name="LastProven">When it last held; null for never.</param>
public sealed record GuardCoverage(string Guard, GuardStanding Standing, ThreatDrill? Last, DateTimeOffset? LastProven);

/// <param name="Standing">The worst of its guards'.</param>
public sealed record CoveredThreat(Threat Threat, ImmutableArray<GuardCoverage> Guards, GuardStanding Standing);

/// <summary>Threats by guards by when they were last proven: the work that is left is what is not <see cref="GuardStanding.Proven"/>.</summary>
public sealed record ThreatCoverage(ImmutableArray<CoveredThreat> Threats)
{
    /// <summary>How long a drill counts.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(90);

    public int Pairs => Threats.Sum(threat => threat.Guards.Length);

    public int Proven => Threats.Sum(threat => threat.Guards.Count(guard => guard.Standing == GuardStanding.Proven));

    public static ThreatCoverage Of(IEnumerable<Threat> threats, IEnumerable<ThreatDrill> drills, DateTimeOffset now)
    {
        var tried = drills.Where(drill => drill.At <= now).ToLookup(drill => (drill.Threat, drill.Guard));
        return new([.. threats.Select(threat => Cover(threat, [.. threat.Guards.Select(guard => Cover(guard, tried[(threat.Id, guard)], now))]))]);
    }

    private static CoveredThreat Cover(Threat threat, ImmutableArray<GuardCoverage> guards) =>
        new(threat, guards, guards.IsEmpty ? GuardStanding.Unproven : guards.MinBy(guard => Badness(guard.Standing))!.Standing);

    /// <summary>What failed is worse than what was never tried: it is known not to hold.</summary>
    private static int Badness(GuardStanding standing) => standing switch { GuardStanding.Failed => 0, GuardStanding.Unproven => 1, GuardStanding.Stale => 2, _ => 3 };

    private static GuardCoverage Cover(string guard, IEnumerable<ThreatDrill> drills, DateTimeOffset now)
    {
        ThreatDrill[] all = [.. drills];
        var (last, proven) = (all.MaxBy(drill => drill.At), all.Where(drill => drill.Held).Select(drill => (DateTimeOffset?)drill.At).Max());
        var standing = last is null ? GuardStanding.Unproven : !last.Held ? GuardStanding.Failed : now - last.At > Fresh ? GuardStanding.Stale : GuardStanding.Proven;
        return new(guard, standing, last, proven);
    }
}
