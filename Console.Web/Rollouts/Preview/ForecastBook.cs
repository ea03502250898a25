using System.Collections.Concurrent;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Web.Rollouts.Preview;

/// <summary>Forecasts of rollouts under way for all circuits: each is made again every few seconds at most, because a large fleet's takes a while.</summary>
public sealed class ForecastBook(IStates states, ISafetyAuthorities authorities, TimeProvider clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private const int Most = 100;

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>Null where the rollout does not exist, has ended, or waits for a person.</summary>
    public RolloutForecast? Of(string id)
    {
        var now = clock.GetUtcNow();
        var rollout = states.Get<Rollout>(RolloutStreams.Of(id));
        if (rollout is not { Exists: true, Status: RolloutStatus.Planned or RolloutStatus.Running })
        {
            return null;
        }

        if (_kept.TryGetValue(id, out var kept) && now - kept.At < Every && kept.Status == rollout.Status)
        {
            return kept.Forecast;
        }

        if (_kept.Count > Most)
        {
            _kept.Clear();
        }

        return (_kept[id] = new(now, rollout.Status, RolloutForecaster.Of(ForecastReading.UnderWay(states, rollout, now, EngineLoop.Interval)))).Forecast;
    }

    /// <summary>Of a start now.</summary>
    public RolloutForecast? OfStart(string service, string release, string pipeline) =>
        ForecastReading.Start(states, service, release, pipeline, clock.GetUtcNow(), EngineLoop.Interval, authorities: authorities).Input is { } input ? RolloutForecaster.Of(input) : null;

    /// <summary>Of a plan by a pipeline that is not saved.</summary>
    public RolloutForecast Of(RolloutPlan plan, Pipeline pipeline) => RolloutForecaster.Of(ForecastReading.Of(states, plan, pipeline, clock.GetUtcNow(), EngineLoop.Interval));

    private sealed record Kept(DateTimeOffset At, RolloutStatus Status, RolloutForecast Forecast);
}
