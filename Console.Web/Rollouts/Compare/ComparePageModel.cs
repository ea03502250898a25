using OpsConsole.Domain.Rollouts.Story;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Rollouts.Compare;

/// <summary>Two rollouts drawn on one scale: a percent is as long on both sides.</summary>
public sealed record ComparePageModel(RolloutComparison Both, CompareSide One, CompareSide Other)
{
    /// <summary>Regions drawn of each; those that did most come first.</summary>
    public const int MostLanes = 40;

    public static ComparePageModel Of(RolloutComparison both) => new(both, Side(both.One, both.Longest), Side(both.Other, both.Longest));

    private static CompareSide Side(ComparedRollout one, TimeSpan longest)
    {
        var regions = one.Story.Spans.GroupBy(span => span.Region).OrderBy(region => region.Min(span => span.From)).ThenBy(region => region.Key, StringComparer.Ordinal).ToArray();
        return new(one, [.. regions.Take(MostLanes).Select(region => new CompareLane(region.Key, [.. region.Select(span => Bar(span, one.Story.Start, longest))]))], regions.Length);
    }

    private static CompareBar Bar(StorySpan span, DateTimeOffset start, TimeSpan longest)
    {
        var whole = Math.Max(1, longest.TotalSeconds);
        var batch = span.Batch < 0 ? "before the first host" : $"batch {span.Batch + 1} in {span.Az}";
        return new(100 * (span.From - start).TotalSeconds / whole, 100 * (span.To - span.From).TotalSeconds / whole, Css(span.Doing), $"{Words(span.Doing)}, {batch}: {Ages.Words(span.To - span.From)} from {Ages.Clock(span.From)}");
    }

    private static string Css(Doing doing) => doing switch { Doing.Looking or Doing.Working => "run", Doing.Baking => "bake", Doing.Held => "held", _ => "halted" };

    private static string Words(Doing doing) => doing switch { Doing.Looking => "looks", Doing.Working => "at work", Doing.Baking => "bakes", Doing.Held => "held by the calendar", _ => "halted" };
}

/// <param name="Regions">All of them; lanes may be fewer.</param>
public sealed record CompareSide(ComparedRollout Rollout, IReadOnlyList<CompareLane> Lanes, int Regions)
{
    public string Name => Rollout.Id;

    /// <summary>What first found it bad, with how many hosts; null where nothing did.</summary>
    public string? Found => Rollout.Story.Detected is { } found ? $"{Ages.Words(found.At - Rollout.Story.Start)} after its start, in {found.Region}, with {Ages.Of(found.Exposed, "host")} exposed" : null;
}

public sealed record CompareLane(string Region, IReadOnlyList<CompareBar> Bars)
{
    public string Words => $"{Region}: {string.Join("; ", Bars.Take(30).Select(bar => bar.Title))}";
}

/// <param name="Left">Percent of the longer rollout's time; so is <paramref name="Width"/>.</param>
public sealed record CompareBar(double Left, double Width, string Css, string Title);
