using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Alarms.Gates;
using OpsConsole.Engine.Noodles.Book;
using GateReading = OpsConsole.Domain.Alarms.Reading;

namespace OpsConsole.Engine.Noodles.Gates;

/// <summary>
/// Behaviour tests as a gate: while a rollout reads it, the scenarios are run again and again beside the tick, and the gate is given how many the target failed twice in the newest run that began after the
/// last host was changed. A run before that says nothing of the release; a test that broke by itself is an error, not a verdict.
/// </summary>
public sealed class NoodleGateReader(INoodleRunner runner, NoodleTargets targets, TimeProvider clock) : BackgroundService, IGateReader
{
    private const int MostGates = 100;
    private const int AtOnce = 2;

    /// <summary>A machine that was busy for a moment stops no rollout.</summary>
    private const int Retries = 1;

    /// <summary>The shortest pause between two runs; a gate that is read seldom is run a few times between two readings.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>A run that takes longer is cut short. One that ended longer ago says nothing of now, unless the gate is read less often.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    /// <summary>A gate that nobody reads any more is run no more: from then on the tests would only be in the way of what is judged next. At least this long, else three readings.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<NoodleGate, Asked> _asked = new();

    public bool Reads(Gate gate) => gate.Query?.Source == GateQuery.Noodles;

    public GateReading Read(Gate gate, GatePlace place, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? changedAt)
    {
        var reading = new GateReading(gate.Reads, GateQuery.Noodles, null, 0);
        if (NoodleGate.Of(gate.Query!.For(place)) is not { } wanted)
        {
            return reading with { Failure = "the query names no target; write TARGET: TAGS" };
        }

        if (Find(wanted) is null)
        {
            return reading with { Failure = $"there is no target '{wanted.Target}'" };
        }

        if (!_asked.TryGetValue(wanted, out var asked))
        {
            if (_asked.Count >= MostGates)
            {
                return reading with { Failure = $"more than {MostGates} gates run scenarios already" };
            }

            asked = _asked.GetOrAdd(wanted, _ => new Asked());
        }

        (asked.ReadAt, asked.Window) = (clock.GetUtcNow(), to - from);
        return asked.Last is not { } run || run.StartedAt < changedAt || run.StartedAt + run.Took < to - Longer(Fresh, asked.Window)
            ? reading with { Detail = $"no run of {wanted.Tags} against {wanted.Target} has ended since the hosts were changed" }
            : Of(reading, run);
    }

    /// <summary>Runs once what is read; returns when all have ended.</summary>
    internal async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var (gate, asked) in _asked.Where(one => now - one.Value.ReadAt > Shorter(Longer(Idle, 3 * one.Value.Window), LongestIdle)))
        {
            _asked.TryRemove(KeyValuePair.Create(gate, asked));
        }

        await Parallel.ForEachAsync(_asked.Where(one => one.Value.Due <= now), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (one, stop) =>
        {
            if (Find(one.Key) is { } target)
            {
                var asked = one.Value;
                asked.Last = await runner.RunAsync(new NoodleSelection(one.Key.Tags), target, new NoodleRunOptions(Parallel: 1, Retries) { RunLimit = Fresh }, stop).ConfigureAwait(false);
                asked.Due = clock.GetUtcNow() + Longer(Round, Shorter(asked.Window / 4, LongestPause));
            }
        }).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await RunAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console ends; a host that is taken away without being stopped would call this a failure.
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static GateReading Of(GateReading reading, NoodleRunResult run)
    {
        if (run.Blame == NoodleBlame.Test)
        {
            return reading with { Failure = run.Fault ?? $"the tests broke by themselves: {Named(run.Scenarios.First(scenario => !scenario.Good))}" };
        }

        ScenarioResult[] failed = [.. run.Scenarios.Where(scenario => !scenario.Good && scenario.Blame == NoodleBlame.Target)];
        return reading with
        {
            Value = failed.Length,
            Samples = run.Scenarios.Length,
            Detail = failed.Length == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{failed.Length} of {run.Scenarios.Length} scenarios failed: {Named(failed[0])}"),
        };
    }

    private static string Named(ScenarioResult scenario) => scenario.Culprit is { } step ? $"'{scenario.Name}' at '{step.Keyword}{step.Text}': {step.Message}" : $"'{scenario.Name}'";

    private NoodleTarget? Find(NoodleGate gate) => targets.Find(gate.Target) ?? targets.All.Targets.FirstOrDefault(target => target.Vantage == gate.Target);

    private sealed class Asked
    {
        private NoodleRunResult? _last;

        public NoodleRunResult? Last
        {
            get => Volatile.Read(ref _last);
            set => Volatile.Write(ref _last, value);
        }

        public DateTimeOffset ReadAt { get; set; }

        /// <summary>What the last reading looked at.</summary>
        public TimeSpan Window { get; set; }

        public DateTimeOffset Due { get; set; }
    }
}
