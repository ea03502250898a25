using System.Collections.Immutable;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Alarms;

/// <summary>What the explorer of metrics shows.</summary>
/// <param name="Names">Of all metrics there are.</param>
/// <param name="Answer">Null where nothing was asked, or it could not be answered.</param>
/// <param name="Wrong">Why it could not.</param>
public sealed record MetricsModel(ImmutableArray<string> Names, StoreFigures Store, SeriesAnswer? Answer, string? Wrong, ImmutableArray<PlotTrace> Traces, PlotLayout Layout, string Words)
{
    private static readonly string[] Tokens = ["run", "ok", "warn", "bad", "bake", "muted"];
    private static readonly string?[] Dashes = [null, "dash", "dot", "dashdot"];

    public static MetricsModel Of(MetricStore store, SeriesReader reader, SeriesQuery? query)
    {
        string? wrong = null;
        var answer = query is null ? null : reader.Read(query, out wrong);
        return new(store.MetricNames, store.Figures, answer, wrong, answer is null ? [] : Plot(answer), new(answer is null ? "" : $"{answer.Statistic}", Height: 320), answer is null ? "" : Say(answer));
    }

    /// <summary>Lines are told apart by colour and dash together.</summary>
    private static ImmutableArray<PlotTrace> Plot(SeriesAnswer answer)
    {
        object[] times = [.. answer.Times.Select(time => (object)time)];
        return [.. answer.Lines.Select((line, i) => new PlotTrace(line.Name, times, line.Values, Tokens[i % Tokens.Length]) { Dash = Dashes[i / Tokens.Length % Dashes.Length] })];
    }

    private static string Say(SeriesAnswer answer)
    {
        var points = answer.Lines.Sum(line => line.Values.Count(value => value is not null));
        var omitted = answer.Omitted == 0 ? "" : $"; {Ages.Of(answer.Omitted, "more line")} not drawn";
        var known = answer.KnownSince is { } since ? $"; before {Ages.Clock(since)} nothing is known, the console was not running" : "";
        return points == 0 ? $"{answer.Statistic} of {answer.Streams}: no data in that time{known}." : $"{answer.Statistic} of {answer.Streams}: {Ages.Of(answer.Lines.Length, "line")}, {Ages.Of(points, "point")} of {answer.PeriodSeconds} s{omitted}{known}.";
    }
}
