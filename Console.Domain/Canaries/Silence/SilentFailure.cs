using System.Collections.Immutable;

namespace OpsConsole.Domain.Canaries.Silence;

public enum SilenceFinding
{
    /// <summary>Canaries are served, traffic is usual.</summary>
    Nothing,

    /// <summary>Too little is known to say anything: that is not good.</summary>
    Unknown,

    /// <summary>An alarm fires already: whatever it is, it is not silent.</summary>
    AlarmKnows,

    /// <summary>Customers stay away, canaries at the front door fail, those at hosts are served: it breaks before requests reach the service.</summary>
    BeforeTheService,

    /// <summary>Customers stay away, and canaries fail at the hosts too, while no alarm fires.</summary>
    TheService,

    /// <summary>Customers stay away, and every canary is served: they do not reach our door, or do not want to.</summary>
    CustomersSide,

    /// <summary>Customers stay away, and no canary says why: they are silent or broken themselves.</summary>
    Blind,

    /// <summary>Canaries fail at one vantage point only, while traffic is usual: the way from there, not the service.</summary>
    OneVantage,

    /// <summary>Canaries fail everywhere, while as many customers as usual come: they may be served, or may be failed unnoticed.</summary>
    CanariesOnly,
}

/// <summary>What the canaries of one vantage point said in the window that is judged.</summary>
/// <param name="Served">Turns in which the target served.</param>
/// <param name="Failed">Turns in which it did not.</param>
public sealed record VantageView(Vantage Vantage, int Served, int Failed)
{
    /// <summary>Share of served turns below which a vantage point counts as failing.</summary>
    public const double LeastServed = 0.9;

    public bool HasData => Served + Failed > 0;

    public bool Fails => HasData && Served < LeastServed * (Served + Failed);
}

/// <summary>Three lines seen together: canaries, customers' traffic beside its season, and whether an alarm fires.</summary>
public static class SilentFailure
{
    public static SilenceFinding Of(TrafficState traffic, ImmutableArray<VantageView> views, bool alarmFires)
    {
        ImmutableArray<VantageView> known = [.. views.Where(view => view.HasData)];
        var failing = known.Count(view => view.Fails);
        return alarmFires ? SilenceFinding.AlarmKnows
            : traffic == TrafficState.Fallen ? OfFallen(known, failing)
            : failing == 0 ? (traffic == TrafficState.Missing || known.IsEmpty ? SilenceFinding.Unknown : SilenceFinding.Nothing)
            : failing == 1 && known.Length > 1 ? SilenceFinding.OneVantage
            : SilenceFinding.CanariesOnly;
    }

    /// <summary>Whether a person must be told: customers stay away, and nothing else says so.</summary>
    public static bool IsSilent(this SilenceFinding finding) => finding is SilenceFinding.BeforeTheService or SilenceFinding.TheService or SilenceFinding.CustomersSide or SilenceFinding.Blind;

    public static string Words(this SilenceFinding finding) =>
        finding switch
        {
            SilenceFinding.Nothing => "canaries are served, traffic is usual",
            SilenceFinding.Unknown => "too little is known to say that all is well",
            SilenceFinding.AlarmKnows => "an alarm fires already",
            SilenceFinding.BeforeTheService => "silent failure before the service: customers stay away, the front door fails, hosts answer",
            SilenceFinding.TheService => "silent failure of the service: customers stay away, canaries fail at its hosts, no alarm fires",
            SilenceFinding.CustomersSide => "customers stay away although every canary is served: look at their way to us",
            SilenceFinding.Blind => "customers stay away and no canary says why: canaries are silent or broken",
            SilenceFinding.OneVantage => "canaries fail at one vantage point only, traffic is usual: the way from there",
            _ => "canaries fail everywhere, traffic is usual: customers may be failed unnoticed",
        };

    private static SilenceFinding OfFallen(ImmutableArray<VantageView> known, int failing) =>
        known.IsEmpty ? SilenceFinding.Blind
        : failing == 0 ? SilenceFinding.CustomersSide
        : known.Any(view => view is { Vantage: Vantage.Outside, Fails: true }) && known.Any(view => view is { Vantage: Vantage.Inside, Fails: false }) ? SilenceFinding.BeforeTheService
        : SilenceFinding.TheService;
}
