using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Rollouts;

/// <summary>One rollout, and one of its regions host by host.</summary>
/// <param name="Picture">Null where there is no such rollout.</param>
/// <param name="RegionName">The region shown: the one asked for, else the first that is not at rest.</param>
public sealed record RolloutPageModel(RolloutPicture? Picture, string? RegionName, RegionPicture? Region)
{
    /// <summary>What led to the present state, else the newest.</summary>
    public Evidence? Shown => Picture is null ? null : Picture.Summary.Evidence ?? Picture.Evidence.FirstOrDefault();

    public ImmutableArray<Evidence> Evidence => Picture is null ? [] : Picture.Summary.Evidence is { } cause && !Picture.Evidence.Contains(cause) ? [cause, .. Picture.Evidence] : Picture.Evidence;

    /// <summary>The shown region's gates, window by window.</summary>
    public ImmutableArray<GateLine> Lines { get; init; } = [];

    /// <summary>What people were told of, oldest first.</summary>
    public ImmutableArray<Transition> Moments { get; init; } = [];

    /// <summary>The line of what is shown as evidence; null where none is kept.</summary>
    public GateLine? ShownLine { get; init; }

    /// <summary>What is left of it, in time; null where it has ended or waits for a person.</summary>
    public RolloutForecast? Forecast { get; init; }

    public IEnumerable<WaitView> Waits => Picture?.Waits.Select(line => RolloutLooks.View(line.Where.Length == 0 ? $"{Picture.Summary.Id} waits" : $"{line.Where} waits", line.Wait, KindOf(Picture, line))) ?? [];

    public static RolloutPageModel Of(RolloutReader reader, string id, string? region)
    {
        var picture = reader.Picture(id);
        var name = region ?? (picture is null ? null : Lanes(picture).OrderBy(lane => lane.State is LaneState.Stopped ? 0 : lane.State is LaneState.Done or LaneState.Planned ? 2 : 1).FirstOrDefault()?.Region);
        var model = new RolloutPageModel(picture, name, name is null ? null : reader.Region(id, name));
        return model with
        {
            Forecast = picture is null ? null : reader.Forecast(id),
            Moments = reader.Moments(id),
            Lines = name is null ? [] : reader.Lines(id, name),
            ShownLine = model.Shown is { } shown ? reader.Lines(id, shown.Region).FirstOrDefault(line => line.Gate == shown.Gate) : null,
        };
    }

    private static IEnumerable<RegionLane> Lanes(RolloutPicture picture) => picture.Stages.SelectMany(stage => stage.Waves).SelectMany(wave => wave.Regions);

    private static StateKind KindOf(RolloutPicture picture, WaitLine line) =>
        line.Where.Length == 0 ? RolloutLooks.Kind(picture.Summary.Status) : RolloutLooks.Kind(Lanes(picture).LastOrDefault(lane => lane.Region == line.Where && lane.State != LaneState.Planned)?.State ?? LaneState.Planned);
}
