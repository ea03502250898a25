using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>Which returns are casualties.</summary>
public sealed record CasualtyRule
{
    /// <summary>How long after its return what befalls a host is the work's.</summary>
    public TimeSpan Bake { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Share of shards that scrub finds corrupt anyway; one in a million of older blocks (Ford et al., OSDI 2010).</summary>
    public double ScrubBaseline { get; init; } = 1e-6;

    /// <summary>Corrupt shards count when as many or more come about by the baseline with at most this chance.</summary>
    public double ScrubChance { get; init; } = 1e-3;

    /// <summary>The first cause that holds; null where it came back right, as far as is known.</summary>
    public CasualtyCause? Judge(HostReturn seen)
    {
        if (seen.Begun is not { } begun)
        {
            return null;
        }

        var end = seen.Returned is { } returned ? returned + Bake : DateTimeOffset.MaxValue;
        bool Within(DateTimeOffset? at) => at >= begun && at <= end;
        return Within(seen.Expired) ? CasualtyCause.LeaseExpired
            : Within(seen.ChecksFailed) ? CasualtyCause.FailedChecks
            : seen.ShardsCorrupt > 0 && Binomial.AtLeast(seen.ShardsChecked, seen.ShardsCorrupt, ScrubBaseline) <= ScrubChance ? CasualtyCause.CorruptShards
            : Within(seen.Remediated) ? CasualtyCause.Remediated
            : null;
    }

    /// <summary>Whether nothing more can make it a casualty: it counts as returned only from here on.</summary>
    public bool IsOver(HostReturn seen, DateTimeOffset now) => seen.Begun is not null && seen.Returned is { } returned && now > returned + Bake;
}
