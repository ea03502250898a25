using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>What a host is counted under. A reservation's activities each get the host: which of them hurt it is not known.</summary>
public sealed record HostTraits(string Az, string Rack, string Model, string Firmware, string Release, ImmutableArray<string> Activities)
{
    public IEnumerable<CasualtyKey> Keys =>
    [
        new(CasualtyDimension.Az, Az), new(CasualtyDimension.Rack, Rack), new(CasualtyDimension.Model, Model),
        new(CasualtyDimension.Firmware, Firmware), new(CasualtyDimension.Release, Release),
        .. Activities.Distinct().Select(activity => new CasualtyKey(CasualtyDimension.Activity, activity)),
    ];
}

public sealed record CasualtyKey(CasualtyDimension Dimension, string Value);

public sealed record CasualtyCount(long Hosts, long Casualties)
{
    public static readonly CasualtyCount None = new(0, 0);

    public CasualtyCount With(bool casualty) => new(Hosts + 1, Casualties + (casualty ? 1 : 0));
}

/// <summary>Hosts whose end is known, counted as a whole and under each of their traits.</summary>
[JsonConverter(typeof(CasualtyLedgerJson))]
public sealed record CasualtyLedger(CasualtyCount All, ImmutableSortedDictionary<CasualtyKey, CasualtyCount> ByKey)
{
    /// <summary>Keys beyond this are counted as a whole only: racks of a large fleet are many, and bounded memory is worth more than the last of them.</summary>
    public const int MostKeys = 100_000;

    public static readonly CasualtyLedger Empty = new(CasualtyCount.None, ImmutableSortedDictionary.Create<CasualtyKey, CasualtyCount>(KeyOrder.Only));

    public CasualtyLedger Add(HostTraits host, CasualtyCause? cause)
    {
        var byKey = ByKey.ToBuilder();
        foreach (var key in host.Keys)
        {
            if (byKey.TryGetValue(key, out var count) || byKey.Count < MostKeys)
            {
                byKey[key] = (count ?? CasualtyCount.None).With(cause is not null);
            }
        }

        return new(All.With(cause is not null), byKey.ToImmutable());
    }

    /// <summary>The whole first, then every key with casualties, most evidence first.</summary>
    public ImmutableArray<CasualtyStanding> Standings(CasualtyPolicy policy)
    {
        var (overall, each) = (policy.Overall, policy.OfDimension);
        return
        [
            CasualtyStanding.Of(null, All, overall, policy.WarnFrom),
            .. ByKey.Where(entry => entry.Value.Casualties > 0).Select(entry => CasualtyStanding.Of(entry.Key, entry.Value, each, policy.WarnFrom)).OrderByDescending(standing => standing.Evidence),
        ];
    }

    private sealed class KeyOrder : IComparer<CasualtyKey>
    {
        public static readonly KeyOrder Only = new();

        public int Compare(CasualtyKey? x, CasualtyKey? y) => x!.Dimension != y!.Dimension ? x.Dimension.CompareTo(y.Dimension) : string.CompareOrdinal(x.Value, y.Value);
    }
}

public enum CasualtySignal
{
    Fine,

    /// <summary>Half way to a halt: slower.</summary>
    Warn,

    Halt,
}

/// <summary>How one counter stands against its test.</summary>
/// <param name="Key">Null for all hosts together.</param>
/// <param name="HaltAt">Casualties among as many hosts that halt.</param>
/// <param name="Chance">Of as many casualties or more were the rate the good one.</param>
/// <param name="Rate">Where the true rate lies, 95 % (Clopper–Pearson).</param>
public sealed record CasualtyStanding(CasualtyKey? Key, CasualtyCount Count, double Evidence, long HaltAt, double Chance, RateInterval Rate, SequentialVerdict Verdict, CasualtySignal Signal)
{
    public static CasualtyStanding Of(CasualtyKey? key, CasualtyCount count, SequentialTest test, double warnFrom)
    {
        var (evidence, verdict) = (test.Evidence(count.Hosts, count.Casualties), test.Judge(count.Hosts, count.Casualties));
        return new(
            key,
            count,
            evidence,
            test.HaltAt(count.Hosts),
            Alarms.Judge.Statistics.Binomial.AtLeast(count.Hosts, count.Casualties, test.Good),
            RateInterval.ClopperPearson(count.Casualties, count.Hosts),
            verdict,
            verdict == SequentialVerdict.Halt ? CasualtySignal.Halt : evidence >= test.Upper * warnFrom ? CasualtySignal.Warn : CasualtySignal.Fine);
    }
}
