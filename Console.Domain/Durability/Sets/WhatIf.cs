using System.Collections.Immutable;

namespace OpsConsole.Domain.Durability.Sets;

/// <summary>What is to be imagined gone: single hosts, whole racks (<c>az/rack</c>) and whole AZs.</summary>
public sealed record ImaginedLoss(ImmutableArray<string> Hosts, ImmutableArray<string> Racks, ImmutableArray<string> Azs)
{
    public const int MostNames = 10_000;

    public bool IsEmpty => Hosts.IsDefaultOrEmpty && Racks.IsDefaultOrEmpty && Azs.IsDefaultOrEmpty;

    public int Names => Count(Hosts) + Count(Racks) + Count(Azs);

    /// <summary>The hosts meant, by their place, and the names that mean none.</summary>
    public (ImmutableArray<int> Hosts, ImmutableArray<string> Unknown) In(SetPlacement placement)
    {
        var (meant, unknown) = (new SortedSet<int>(), ImmutableArray.CreateBuilder<string>());
        void Add(ImmutableArray<string> names, Func<PlacedHost, string> name)
        {
            if (names.IsDefaultOrEmpty)
            {
                return;
            }

            var places = Enumerable.Range(0, placement.Hosts.Length).ToLookup(place => name(placement.Hosts[place]), StringComparer.Ordinal);
            foreach (var wanted in names.Distinct())
            {
                if (places.Contains(wanted))
                {
                    meant.UnionWith(places[wanted]);
                }
                else
                {
                    unknown.Add(wanted);
                }
            }
        }

        Add(Hosts, host => host.Id);
        Add(Racks, host => $"{placement.Azs[host.Az]}/{host.Rack}");
        Add(Azs, host => placement.Azs[host.Az]);
        return ([.. meant], unknown.ToImmutable());
    }

    private static int Count(ImmutableArray<string> names) => names.IsDefault ? 0 : names.Length;
}

/// <summary>A set that the imagined loss would make unreadable.</summary>
/// <param name="Slack">Below 0: how many shards it is short of.</param>
/// <param name="Gone">Hosts of it that are gone, those charged before among them.</param>
public sealed record LostSet(int Set, int Slack, ImmutableArray<string> Gone);

/// <summary>What would be.</summary>
/// <param name="Killed">Hosts that go, besides those that are gone already.</param>
/// <param name="Touched">Sets with a shard on them.</param>
/// <param name="Lost">Sets that could be read before and could not be after.</param>
/// <param name="Evidence">The first of them, at most <see cref="WhatIf.MostEvidence"/>.</param>
/// <param name="TimeToSteady">Until all that is then missing is rebuilt; null where something is lost for good, which no repair brings back.</param>
public sealed record WhatIfAnswer(int Killed, long Touched, long Lost, ImmutableArray<LostSet> Evidence, DurabilityReading Before, DurabilityReading After, TimeSpan? TimeToSteady)
{
    /// <summary>Least slack of the sets that stand, after.</summary>
    public int LeastSlackLeft => After.Now.BySlack.AsSpan()[1..].IndexOfAnyExcept(0L) is var place and >= 0 ? place : -1;
}

/// <summary>Failure simulation: what would be lost, before it is. Nothing is touched.</summary>
public static class WhatIf
{
    public const int MostEvidence = 100;

    /// <param name="gone">Hosts that count as gone already: failed, suspect, reserved or in work.</param>
    /// <param name="kill">Hosts to imagine gone too.</param>
    public static WhatIfAnswer Ask(SetPlacement placement, IReadOnlySet<int> gone, ImmutableArray<int> kill, StateTable table, RepairPower? power)
    {
        var sets = new LivingSets(placement);
        sets.TurnTo(gone);
        var before = table.Read(sets.Histogram);
        var touched = new Dictionary<int, int>();
        var killed = 0;
        foreach (var host in kill.Where(host => !sets.IsGone(host)))
        {
            foreach (var set in sets.SetsOf(host))
            {
                touched.TryAdd(set, table.Slack(sets.StateOf(set)));
            }
        }

        foreach (var host in kill)
        {
            killed += sets.IsGone(host) ? 0 : 1;
            sets.Turn(host, gone: true);
        }

        var after = table.Read(sets.Histogram);
        var lost = touched.Where(set => set.Value >= 0 && table.Slack(sets.StateOf(set.Key)) < 0).Select(set => set.Key).Order().ToArray();
        ImmutableArray<LostSet> evidence = [.. lost.Take(MostEvidence).Select(set => new LostSet(set, table.Slack(sets.StateOf(set)), Gone(sets, set)))];
        TimeSpan? steady = after.Now.BySlack[0] > 0 ? null : (power ?? RepairPower.OwnOnly).TimeToSteady(after.Now.Missing, after.Now.MostMissing, table.Assumed);
        return new(killed, touched.Count, lost.Length, evidence, before, after, steady);
    }

    private static ImmutableArray<string> Gone(LivingSets sets, int set)
    {
        var gone = ImmutableArray.CreateBuilder<string>();
        foreach (var host in sets.Placement.HostsOf(set))
        {
            if (host >= 0 && sets.IsGone(host))
            {
                gone.Add(sets.Placement.Hosts[host].Id);
            }
        }

        return gone.ToImmutable();
    }
}
