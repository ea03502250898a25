using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Noodles.Running;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>
/// Metrics of the console's own store, one scenario's at a time: empty when they are leased, scrubbed and looked at when they come back. What is written to one by
/// whom it does not belong to (another program, a step that was left behind) is found at the latest when it is leased again, and keeps it from that scenario.
/// </summary>
public sealed class MetricPool
{
    /// <summary>A scenario ends sooner; all that its metric holds is its own, so that reading too far back adds nothing.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromHours(1);

    private readonly MetricStore _store;
    private readonly TimeProvider _clock;
    private readonly MetricKeeper _keeper;
    private readonly LeasePool<PooledMetric> _pool;

    public MetricPool(MetricStore store, TimeProvider clock)
    {
        (_store, _clock, _keeper) = (store, clock, new(store));
        _pool = new(_keeper, "the console's metrics", clock);
    }

    public PoolView View => _pool.View;

    /// <exception cref="BrokenTestException">None was free and empty in time.</exception>
    public async Task<ImmutableArray<PooledMetric>> LeaseAsync(NoodleWorld world, int many, CancellationToken cancel)
    {
        // Each that is not empty is one fewer: it ends.
        for (var dirty = 0; dirty <= _keeper.Most; dirty++)
        {
            var leased = await _pool.LeaseAsync(many, world.Pickle.Id, cancel).ConfigureAwait(false);
            if (leased.All(metric => _keeper.Left(metric) is null))
            {
                foreach (var metric in leased)
                {
                    world.AtEnd(() => _pool.ReturnAsync(metric));
                }

                return leased;
            }

            foreach (var metric in leased)
            {
                _pool.Return(metric, _keeper.Left(metric) is { } left ? $"it was written to while nobody had it: {left}" : null);
            }
        }

        throw new BrokenTestException("None of the console's metrics is empty. See the pools for what writes to them.");
    }

    public bool Observe(string metric, double value, int times, string? az) =>
        _store.Add(new MetricStream(metric) { Az = az }, value, _clock.GetUtcNow(), times);

    /// <summary>Of all that was observed since the lease; null where nothing was.</summary>
    public double? Read(string metric, Statistic statistic)
    {
        var coarsest = StoreShape.Tiers[^1].Cell;
        var end = new DateTimeOffset((_clock.GetUtcNow().Ticks / coarsest.Ticks * coarsest.Ticks) + coarsest.Ticks, TimeSpan.Zero);
        Span<double> value = [double.NaN];
        new MetricQuery().Read(_store.Find(new StreamSelector(metric)), statistic, end - Back, Back, value, least: 1);
        return double.IsNaN(value[0]) ? null : value[0];
    }
}
