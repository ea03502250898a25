using System.Collections.Immutable;
using System.Numerics;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>What a service's two tiers mean for its sets in a region, each with every host there: known before anything is planned.</summary>
/// <param name="Maintenance">What must hold while hosts are reserved, in words.</param>
/// <param name="Steady">What must hold while nobody works, in words; null where that is not stated.</param>
/// <param name="Codes">Sets of one code that lie over AZs alike, most sets first.</param>
/// <param name="NeverSteady">Sets that do not hold their steady tier even whole: planned work on their hosts always waits.</param>
/// <param name="Example">One of them; null where there are none.</param>
public sealed record ServiceTiers(string Maintenance, string? Steady, ImmutableArray<CodeRoom> Codes, int NeverSteady, string? Example)
{
    public const int MostCodes = 20;

    /// <summary>Looks at every set: what it says is kept by who shows it.</summary>
    /// <returns>Null where no set has a host in the region.</returns>
    public static ServiceTiers? Of(PlacedSets placed, RegionFleet fleet)
    {
        var codes = new Dictionary<string, CodeRoom>(StringComparer.Ordinal);
        var (never, example) = (0, (string?)null);
        for (var number = 0; number < placed.Sets.Length; number++)
        {
            if (AzsOf(placed.Sets[number], fleet) is not { Length: > 0 } azs)
            {
                continue;
            }

            var one = One(placed, number, azs);
            codes[one.Key] = codes.TryGetValue(one.Key, out var known) ? known with { Sets = known.Sets + 1 } : one;
            if (!one.HoldsSteady)
            {
                (never, example) = (never + 1, example ?? placed.Sets[number].Id);
            }
        }

        return codes.Count == 0 ? null : new(Words(placed.Survive)!, Words(placed.Steady), [.. codes.Values.OrderByDescending(code => code.Sets).ThenBy(code => code.Key, StringComparer.Ordinal).Take(MostCodes)], never, example);
    }

    /// <summary>Why planned work on some hosts always waits; null where it does not.</summary>
    public string? Never => NeverSteady == 0 ? null : $"{NeverSteady} {(NeverSteady == 1 ? "set" : "sets")}, such as {Example}, cannot hold the steady tier ({Steady}) even with every host there: planned work on their hosts always waits";

    private static CodeRoom One(PlacedSets placed, int number, ulong[] azs)
    {
        var (set, local) = (placed.Sets[number], placed.LocalOf(number));
        int[] perAz = [.. azs.Select(az => BitOperations.PopCount(az)).OrderDescending()];
        var missing = perAz.Sum() < set.Hosts.Length;
        uint[] shards = local is null ? [] : [.. azs.Select(az => (uint)az)];
        int Slack(SurviveScenario scenario) => local is null ? scenario.Slack(perAz, set.K) : local.Slack(local.Without(shards), shards, scenario);
        var (room, steady) = (Math.Max(-1, placed.Survive.Min(Slack)), placed.Steady.All(scenario => Slack(scenario) >= 0));
        return new(local?.Name ?? $"any {set.K} of {set.Hosts.Length}", string.Join('/', perAz) + (missing ? $" of {set.Hosts.Length}" : ""), room, steady, 1);
    }

    /// <summary>The set's shards in each AZ, a bit for each of at most 64; empty where none of its hosts is in the region.</summary>
    private static ulong[] AzsOf(PlacedSet set, RegionFleet fleet)
    {
        var azs = new Dictionary<string, ulong>(StringComparer.Ordinal);
        for (var shard = 0; shard < set.Hosts.Length; shard++)
        {
            if (fleet.Hosts.TryGetValue(set.Hosts[shard], out var host))
            {
                azs[host.Az] = azs.GetValueOrDefault(host.Az) | (1ul << shard);
            }
        }

        return [.. azs.Values];
    }

    private static string? Words(ImmutableArray<SurviveScenario> tier) => tier.IsEmpty ? null : string.Join(", and ", tier);
}

/// <param name="Code">Such as <c>any 5 of 9</c> or <c>LRC(6,2,2)</c>.</param>
/// <param name="PerAz">Shards in each AZ, most first, such as <c>3/3/3</c>.</param>
/// <param name="MayGo">Hosts of one set that may be reserved at once, however they are chosen; 0 for none, -1 where the maintenance tier does not hold even whole.</param>
/// <param name="HoldsSteady">Whether the steady tier holds with every host there; true where none is stated.</param>
public sealed record CodeRoom(string Code, string PerAz, int MayGo, bool HoldsSteady, int Sets)
{
    internal string Key => $"{Code} {PerAz} {MayGo} {HoldsSteady}";
}
