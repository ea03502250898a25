using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;

namespace OpsConsole.Domain.Rollouts.Replay;

/// <summary>One gate of another policy on one window of the past, by the judge that judged it then. Null where what was kept does not tell: never a guess.</summary>
internal static class WindowReplay
{
    /// <param name="then">The gates of the rollout's own pipeline.</param>
    /// <param name="run">As it was before the window.</param>
    public static GateVerdict? Judge(Gate gate, ImmutableArray<Gate> then, RegionRun run, WindowJudged window)
    {
        if (window.Verdicts.FirstOrDefault(verdict => verdict.Gate == gate.Name) is { } judged && then.FirstOrDefault(one => one.Name == gate.Name) is { } own && Same(own, gate))
        {
            return judged;
        }

        if (gate.Canary is not null || gate.Hosts is not null || gate.Timer is not null || gate.Service is not null)
        {
            // The values of single hosts are judged and forgotten; counts of hosts, timers and other services' readings rest on more than the window's figures.
            return null;
        }

        var seen = window.Start.IsDefaultOrEmpty ? window.Figures?.Window(window.From, window.To, run.BakeSince) : new HealthWindow(window.From, window.To, window.Start);
        var start = window.Start.IsDefaultOrEmpty ? run.Start : window.Start;
        return seen is null ? OnEvidence(gate, run.Region, window)
            : gate.OverBake && seen.Whole is null ? null
            : GateJudge.Judge(gate, run.Region, seen, start);
    }

    /// <summary>Of windows without figures, those that were not Ok have the value in their evidence: enough for a limit that needs no baseline.</summary>
    private static GateVerdict? OnEvidence(Gate gate, string region, WindowJudged window)
    {
        var evidence = window.Verdicts.Select(verdict => verdict.Evidence).FirstOrDefault(one => one?.Metric == gate.Metric && one.Value is not null && one.From == window.From);
        return evidence is null || gate.OverBake || gate.MaxIncrease is not null || gate.MaxRatio is not null
            ? null
            : GateJudge.Judge(gate, region, new(window.From, window.To, [new(gate.Metric, evidence.Source ?? "journal", evidence.Value, evidence.Samples)]), []);
    }

    /// <summary>Whether two gates say the same of every window; how many bad ones they allow is another matter.</summary>
    private static bool Same(Gate one, Gate other) => one with { Bad = 1, Of = 1, Missing = default, Error = default } == other with { Bad = 1, Of = 1, Missing = default, Error = default };
}
