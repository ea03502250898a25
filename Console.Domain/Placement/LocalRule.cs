using System.Collections.Immutable;
using System.Numerics;

namespace OpsConsole.Domain.Placement;

/// <summary>
/// When a set of a locally repairable code LRC(k, l, r) can be read. Its shards lie in groups, each with one local parity, and those of no group are global parities: a group makes good one shard of
/// its own, and whatever else is missing takes one global parity each. That is as much as any code of these sizes bears, and it is no count: which shards are gone decides.
/// </summary>
public sealed class LocalRule
{
    /// <summary>Shards of one set, at most: they can still be tried out one by one, which is how this rule is proven.</summary>
    public const int MostShards = 24;

    private readonly ImmutableArray<uint> _groups;
    private readonly uint _all;
    private readonly uint _globals;

    private LocalRule(int shards, ImmutableArray<uint> groups)
    {
        (_groups, _all) = ([.. groups.OrderByDescending(BitOperations.PopCount)], (1u << shards) - 1);
        _globals = groups.Aggregate(_all, (left, group) => left & ~group);
        Name = $"LRC({Needed},{groups.Length},{Globals})";
    }

    /// <summary>Data shards, local parities, global parities.</summary>
    public string Name { get; }

    /// <summary>Data shards: each group's but its parity.</summary>
    public int Needed => _groups.Sum(BitOperations.PopCount) - _groups.Length;

    public int Globals => BitOperations.PopCount(_globals);

    /// <param name="groups">Places of the shards of each group, its parity among them.</param>
    /// <exception cref="ArgumentException">They have a <see cref="Problem"/>.</exception>
    public static LocalRule Of(int shards, int needed, ImmutableArray<ImmutableArray<int>> groups) =>
        Problem(shards, needed, groups) is { } wrong ? throw new ArgumentException($"The set {wrong}.", nameof(groups)) : new(shards, [.. groups.Select(group => group.Aggregate(0u, (mask, place) => mask | (1u << place)))]);

    /// <summary>What is wrong with local groups, to follow a set's name; null where nothing is.</summary>
    public static string? Problem(int shards, int needed, ImmutableArray<ImmutableArray<int>> groups) =>
        shards > MostShards ? $"has local groups and {shards} shards; with local groups {MostShards} is the most"
        : groups.Any(group => group.IsDefault || group.Length < 2) ? "has a local group of fewer than 2 shards"
        : groups.SelectMany(group => group).FirstOrDefault(place => place < 0 || place >= shards, -1) is var odd && groups.SelectMany(group => group).Any(place => place < 0 || place >= shards) ? $"has a local group with the shard {odd}; its shards are 0 to {shards - 1}"
        : groups.SelectMany(group => group).GroupBy(place => place).FirstOrDefault(same => same.Skip(1).Any()) is { } twice ? $"has the shard {twice.Key} in its local groups twice"
        : groups.Sum(group => group.Length - 1) is var data && data != needed ? $"has local groups with {data} data shards, and k = {needed}"
        : null;

    /// <param name="gone">A bit for each shard.</param>
    public bool Readable(uint gone) => Spare(gone) >= 0;

    /// <summary>How many more shards may go, whichever, so that it still can be read; below 0: so many must come back.</summary>
    public int Margin(uint gone)
    {
        var spare = Spare(gone);
        if (spare < 0)
        {
            return spare;
        }

        // Worst are losses that each take a global parity. A group that is whole bears one first, so large ones are broken into before small ones.
        var alive = _all & ~gone;
        var taking = BitOperations.PopCount(alive & _globals);
        foreach (var group in _groups)
        {
            taking += (group & gone) != 0 ? BitOperations.PopCount(group & alive) : 0;
        }

        var (left, borne) = (spare + 1 - taking, 0);
        foreach (var group in _groups)
        {
            if (left > 0 && (group & gone) == 0)
            {
                left -= BitOperations.PopCount(group) - 1;
                borne++;
            }
        }

        return spare + borne;
    }

    /// <summary>The margin that a scenario leaves; below 0 it does not hold.</summary>
    /// <param name="azs">The shards of each AZ, a bit for each.</param>
    public int Slack(uint gone, ReadOnlySpan<uint> azs, SurviveScenario scenario)
    {
        var least = Margin(gone);
        if (scenario.AzLost)
        {
            foreach (var az in azs)
            {
                least = Math.Min(least, Margin(gone | az));
            }
        }

        return least - scenario.ExtraFailures;
    }

    /// <summary>Shards of no AZ among these.</summary>
    public uint Without(ReadOnlySpan<uint> azs)
    {
        var gone = _all;
        foreach (var az in azs)
        {
            gone &= ~az;
        }

        return gone;
    }

    private int Spare(uint gone)
    {
        var spare = BitOperations.PopCount(_globals & ~gone);
        foreach (var group in _groups)
        {
            spare -= Math.Max(0, BitOperations.PopCount(group & gone) - 1);
        }

        return spare;
    }
}
