using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Durability.Models;

/// <summary>
/// A set by how many shards live in each failure domain. Shards fail one by one, a domain takes all its shards, a burst kills each with a chance; repair puts
/// shards back into the domain that has fewest. Domains are alike, so only their sorted counts matter; where none is ever lost as a whole only the sum does.
/// </summary>
public sealed class ShardChain
{
    private readonly Dictionary<string, int> _states = [];
    private readonly List<int[]> _counts = [];
    private readonly int _shards;
    private readonly int _needed;
    private readonly FailureAssumptions _assumed;
    private readonly LossChain _chain;

    private ShardChain(int shards, int needed, FailureAssumptions assumed, IEnumerable<int[]> starts)
    {
        (_shards, _needed, _assumed) = (shards, needed, assumed);
        foreach (var start in starts)
        {
            StateOf(start);
        }

        var rows = ImmutableArray.CreateBuilder<ImmutableArray<(int, double)>>();
        for (var state = 0; state < _counts.Count; state++)
        {
            rows.Add(Row(state));
        }

        _chain = new LossChain(rows.ToImmutable());
    }

    public int States => _chain.States;

    /// <param name="starts">Alive shards in each domain, for each state that will be asked for.</param>
    public static ShardChain Of(int shards, int needed, FailureAssumptions assumed, IEnumerable<IReadOnlyList<int>> starts) => new(shards, needed, assumed, starts.Select(start => start.ToArray()));

    /// <summary>Multiplications that <see cref="LossWithin"/> takes: to be bounded where the assumptions come from outside.</summary>
    public double Work => _chain.Work(_assumed.HorizonYears);

    /// <summary>Chance of loss within the horizon from a state; 1 where it is lost already.</summary>
    public Func<IReadOnlyList<int>, double> LossWithin()
    {
        var losses = _chain.LossWithin(_assumed.HorizonYears);
        return alive => StateOf([.. alive]) is var state && state == LossChain.Lost ? 1 : state < losses.Length ? losses[state] : throw new ArgumentException("a state that was not announced as a start", nameof(alive));
    }

    /// <summary>Chance of loss within the assumptions' horizon, from one state.</summary>
    public static double Loss(int shards, int needed, FailureAssumptions assumed, IReadOnlyList<int> alive) => Of(shards, needed, assumed, [alive]).LossWithin()(alive);

    /// <summary>Mean years until loss from one state.</summary>
    public static double MeanYearsToLoss(int shards, int needed, FailureAssumptions assumed, IReadOnlyList<int> alive)
    {
        var chain = Of(shards, needed, assumed, [alive]);
        return chain.StateOf([.. alive]) is var state && state == LossChain.Lost ? 0 : chain._chain.MeanTimeToLoss()[state];
    }

    private int StateOf(int[] alive)
    {
        var counts = _assumed.AzLossesPerYear > 0 ? alive : [alive.Sum()];
        if (counts.Sum() < _needed)
        {
            return LossChain.Lost;
        }

        Array.Sort(counts, (a, b) => b.CompareTo(a));
        var key = string.Create(counts.Length, counts, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = (char)from[i];
            }
        });
        if (!_states.TryGetValue(key, out var state))
        {
            _states[key] = state = _counts.Count;
            _counts.Add(counts);
        }

        return state;
    }

    private ImmutableArray<(int, double)> Row(int state)
    {
        var (counts, rates) = (_counts[state], new Dictionary<int, double>());
        void Goes(int[] to, double rate)
        {
            if (rate > 0 && StateOf(to) is var target && target != state)
            {
                rates[target] = rates.GetValueOrDefault(target) + rate;
            }
        }

        for (var domain = 0; domain < counts.Length; domain++)
        {
            if (counts[domain] > 0)
            {
                Goes(With(counts, domain, counts[domain] - 1), counts[domain] * _assumed.AnnualFailureRate);
                Goes(With(counts, domain, 0), _assumed.AzLossesPerYear);
            }
        }

        if (_shards - counts.Sum() is var missing and > 0)
        {
            // Sorted, the last has fewest.
            Goes(With(counts, counts.Length - 1, counts[^1] + 1), (_assumed.Pace == RepairPace.Serial ? 1 : missing) * _assumed.RepairsPerYear);
        }

        if (_assumed.Burst is { PerYear: > 0, Killed: > 0 } burst)
        {
            Struck(counts, 0, burst.PerYear, burst.Killed, Goes);
        }

        return [.. rates.OrderBy(rate => rate.Key).Select(rate => (rate.Key, rate.Value))];
    }

    /// <summary>Every way a burst can leave the domains from one on.</summary>
    private static void Struck(int[] counts, int domain, double rate, double killed, Action<int[], double> goes)
    {
        if (domain == counts.Length)
        {
            goes(counts, rate);
            return;
        }

        for (var left = 0; left <= counts[domain]; left++)
        {
            Struck(With(counts, domain, left), domain + 1, rate * Binomial.Exactly(counts[domain], counts[domain] - left, killed), killed, goes);
        }
    }

    private static int[] With(int[] counts, int domain, int count)
    {
        int[] changed = [.. counts];
        changed[domain] = count;
        return changed;
    }
}
