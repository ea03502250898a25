using System.Collections.Immutable;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Engine.Canaries.Targets;

namespace OpsConsole.Engine.Canaries.Results;

/// <summary>What one post came to of late: in memory only, so that after a restart nothing is known until a turn says it.</summary>
/// <param name="Since">From when on turns were to be expected.</param>
/// <param name="Recent">The last <see cref="MostRecent"/>, newest first.</param>
/// <param name="Missed">Turns nobody took, since the console started.</param>
/// <param name="Retries">Since the console started.</param>
/// <param name="LastServed">When the target last served; null where it never did.</param>
public sealed record PostResults(CanaryPost Post, Canary Canary, CanaryTarget Target, DateTimeOffset Since, ImmutableArray<BriefResult> Recent, RunResult? Last, long Missed, long Retries, DateTimeOffset? LastServed)
{
    public const int MostRecent = 20;

    public Standing StandingAt(DateTimeOffset now) => PostStanding.Of(Canary, Last, Since, now);

    internal PostResults With(RunResult result) =>
        this with
        {
            Recent = [new(result.State, result.Ended, result.FromIntended), .. Recent.Take(MostRecent - 1)],

            // Exchanges are with the failures, which are bounded together.
            Last = result with { Exchanges = [] },
            Retries = Retries + Math.Max(0, result.Attempts - 1),
            LastServed = result.State.IsServed() ? result.Ended : LastServed,
        };
}

public readonly record struct BriefResult(RunState State, DateTimeOffset At, TimeSpan FromIntended);
