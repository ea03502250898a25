using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Replay;

/// <summary>
/// One region of a past rollout under another policy: its events as they were, but each window with the policy's own verdicts. What the run does about a bad
/// window is asked of the same functions that decide in a run.
/// </summary>
internal sealed class RegionReplay(Rollout rollout, Rollout other, string region)
{
    private readonly Dictionary<string, ReplayGate> _gates = [];
    private readonly List<ReplayBake> _bakes = [];
    private RegionRun _run = new(region, rollout.Id);

    /// <summary>The first stop; hosts are not counted yet.</summary>
    public ReplayStop? Stop { get; private set; }


    public IReadOnlyCollection<ReplayGate> Gates => _gates.Values;

    public IReadOnlyList<ReplayBake> Bakes => _bakes;

    public void Take(Recorded recorded)
    {
        var input = Input(other, recorded.At);
        var happened = recorded.Event switch
        {
            WindowJudged window => Judged(window, input),
            // The policy looks before the first host wherever it has gates to look by.
            RunHalted or RunResumed or RunStageBegan or BatchBegan or HostsSettled or BakeBegan or RunStageDone => recorded.Event,
            _ => null,
        };
        if (happened is BatchBegan or RunStageDone && _run.Phase == RunPhase.Baking)
        {
            Baked(recorded.At, input);
        }

        _run = happened is null ? _run : RunFold.Apply(_run, happened, recorded.At);
        if (Stop is null && happened is WindowJudged or HostsSettled && _run.Phase != RunPhase.Observing && _run.Halt is not { Kind: HaltKind.Bad or HaltKind.Rollback })
        {
            Bad(recorded.At, input);
        }
    }

    private RunInput Input(Rollout of, DateTimeOffset at) => new(of, new RegionFleet(region), new CordState(), null, at);

    private WindowJudged Judged(WindowJudged window, RunInput input)
    {
        var verdicts = ImmutableArray.CreateBuilder<GateVerdict>();
        foreach (var gate in GatesNow(input))
        {
            var verdict = WindowReplay.Judge(gate, rollout.Pipeline!.Gates, _run, window);
            _gates[gate.Name] = (_gates.GetValueOrDefault(gate.Name) ?? new(gate.Name, gate.Metric, 0, 0, 0, 0, 0)).With(verdict?.Verdict);

            // What is not known takes its place among the last windows as what it is for a run: no data.
            verdicts.Add(verdict ?? new(gate.Name, Verdict.Missing, null));
        }

        return window with { Verdicts = verdicts.ToImmutable(), Samples = Samples(window, input) };
    }

    /// <summary>As the run's own rules have it, and canary gates, which those leave out where the fleet is not known.</summary>
    private ImmutableArray<Gate> GatesNow(RunInput input)
    {
        var named = input.Rollout.Plan!.Stages[Math.Max(0, _run.Stage)].Gates;
        var canaries = _run.Phase == RunPhase.Baking ? input.Pipeline.Gates.Where(gate => gate.Canary is not null && (named.IsEmpty || named.Contains(gate.Name))) : [];
        return [.. input.Gates(_run), .. canaries];
    }

    private long Samples(WindowJudged window, RunInput input) =>
        input.Batch(_run) is not { } batch || Input(rollout, window.To).Batch(_run)?.Bake.Of == batch.Bake.Of ? window.Samples
        : window.Figures?.Seen.Where(figure => figure.Metric == batch.Bake.Of && figure.Failure is null).Sum(figure => Math.Max(0, figure.Samples)) ?? window.Samples;

    private void Bad(DateTimeOffset at, RunInput input)
    {
        var gates = GatesNow(input);
        var (name, why) = RunFacts.Bad(_run, gates) is { } gate ? (gate.Name, _run.Gates[gate.Name].Evidence?.Sentence ?? $"{gate.Name} is bad")
            : _run.Unhealthy > input.Pipeline.Unhealthy ? ("unhealthy", $"windows were bad for {Words.Of(_run.Unhealthy)} in all, at most {Words.Of(input.Pipeline.Unhealthy)} are allowed")
            : RunFacts.TooManyCasualties(_run, input) is { } casualties ? (casualties.Gate, casualties.Sentence)
            : (null, "");
        if (name is not null)
        {
            Stop = new(at, region, other.Plan!.Stages[_run.Stage].Name, _run.Batch + 1, _run.Az, name, why, 0, 0);
        }
    }

    /// <summary>Notes a bake that the policy would not have ended just then.</summary>
    private void Baked(DateTimeOffset at, RunInput input)
    {
        if (Stop is not null || input.Batch(_run) is not { } batch || Input(rollout, at).Batch(_run) is not { } was)
        {
            return;
        }

        var lacking = NotOk(input);
        var evidence = lacking.IsEmpty && _run.BakeSamples >= batch.Bake.Samples ? "" : RunFacts.Lacking(_run, batch.Bake, lacking);
        if (batch.Bake.Duration != was.Bake.Duration || evidence.Length > 0)
        {
            _bakes.Add(new(at, region, other.Plan!.Stages[_run.Stage].Name, _run.Batch + 1, _run.Az, at - _run.BakeSince, batch.Bake.Duration, evidence));
        }
    }

    private ImmutableArray<Gate> NotOk(RunInput input) => [.. GatesNow(input).Where(gate => RunFacts.Last(_run, gate) is not { IsEmpty: false } last || last[^1] != Verdict.Ok)];
}
