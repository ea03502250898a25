using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Engine.Live;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Web.Rollouts.Preview;

namespace OpsConsole.Web.Rollouts;

/// <summary>Reads rollouts once for all circuits.</summary>
public sealed class RolloutReader
{
    /// <summary>Pictures kept at the same time; when there are more, all are drawn anew.</summary>
    private const int MostPictures = 100;

    private readonly ConcurrentDictionary<string, Shared<Drawn>> _pictures = new(StringComparer.Ordinal);
    private readonly IStates _states;
    private readonly LiveFeed _feed;
    private readonly TimeProvider _clock;
    private readonly GateLines _lines;
    private readonly ForecastBook _forecasts;
    private readonly ISafetyAuthorities _authorities;
    private readonly Shared<RolloutListing> _list;

    public RolloutReader(IStates states, LiveFeed feed, TimeProvider clock, GateLines lines, ForecastBook forecasts, ISafetyAuthorities authorities)
    {
        (_states, _feed, _clock, _lines, _forecasts, _authorities) = (states, feed, clock, lines, forecasts, authorities);
        _list = new(feed, clock, new RolloutBook(states, clock).Read);
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RolloutSummary> List => _list.Get().Value.All;

    public IReadOnlyList<RolloutSummary> UnderWay => _list.Get().Value.UnderWay;

    /// <summary>Null where there is no such rollout.</summary>
    public RolloutPicture? Picture(string id)
    {
        if (_pictures.Count > MostPictures)
        {
            _pictures.Clear();
        }

        return _pictures.GetOrAdd(id, key => new(_feed, _clock, () => new Drawn(RolloutDrawing.Draw(_states, key, _clock.GetUtcNow())))).Get().Value.Picture;
    }

    public RegionPicture? Region(string id, string region) => RegionDrawing.Draw(_states, id, region, _clock.GetUtcNow());

    /// <summary>What happened to it that people are told of, oldest first.</summary>
    public ImmutableArray<Transition> Moments(string id) => _states.Get<Rollout>(RolloutStreams.Of(id)).Transitions;

    /// <summary>What the region's gates saw, window by window, since this process began.</summary>
    public ImmutableArray<GateLine> Lines(string id, string region) => _lines.Of(id, region);

    /// <summary>What is left of a rollout under way, in time; null where nothing is foreseen.</summary>
    public RolloutForecast? Forecast(string id) => _forecasts.Of(id);

    public RolloutForecast? ForecastOfStart(string service, string release, string pipeline) => _forecasts.OfStart(service, release, pipeline);

    /// <summary>What a start would do now, or why it would be refused: the same planner makes both.</summary>
    public (RolloutPlan? Plan, Rejection? Refused) Preview(string service, string release, string pipeline, bool hotfix = false) => RolloutStart.Preview(_states, service, release, pipeline, hotfix, _authorities);

    public IReadOnlyList<ReleaseCatalog> Catalogs => [.. _states.All<ReleaseCatalog>(ReleaseStreams.Family).Select(one => one.State).OrderBy(catalog => catalog.Service, StringComparer.Ordinal)];

    public IReadOnlyList<Pipeline> Pipelines => [.. _states.All<PipelineFile>(PipelineStreams.Family).Select(one => one.State.Content).OfType<Pipeline>().OrderBy(pipeline => pipeline.Name, StringComparer.Ordinal)];

    private sealed record Drawn(RolloutPicture? Picture);
}
