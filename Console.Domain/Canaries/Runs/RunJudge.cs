using System.Collections.Immutable;

namespace OpsConsole.Domain.Canaries.Runs;

/// <summary>
/// Tells a target that fails from a canary that does. A wrong answer and a refusal are the target's whatever state the runner was in; an answer that was not seen
/// in time is the target's only where the runner itself was not held up long enough to have missed it.
/// </summary>
public static class RunJudge
{
    /// <summary>A runner held up for less than this, or than this share of the time that is judged, excuses nothing: any machine has that.</summary>
    public static readonly TimeSpan LagNoise = TimeSpan.FromMilliseconds(100);

    public const double LagShare = 0.2;

    public static RunState Of(StepEnd end, TimeSpan took, TimeSpan lag, CanaryLimits limits) =>
        end switch
        {
            StepEnd.Right when took <= limits.Slow => RunState.Passed,
            StepEnd.Right => took - lag <= limits.Slow && IsHeldUp(lag, limits.Slow) ? RunState.Overloaded : RunState.Slow,
            StepEnd.Wrong or StepEnd.Garbled => RunState.Lying,
            StepEnd.Refused => RunState.Dying,

            // Whoever is held up may be hung up on for it.
            StepEnd.BrokenOff => IsHeldUp(lag, took) ? RunState.Overloaded : RunState.Dying,
            StepEnd.TimedOut => IsHeldUp(lag, took) ? RunState.Overloaded : RunState.Stalled,
            StepEnd.NoName => RunState.NoName,
            StepEnd.NoRoom => RunState.Overloaded,
            _ => RunState.Broken,
        };

    /// <summary>An attempt is what its first failed step is; slow where any step was; else passed.</summary>
    public static RunState OfAttempt(ImmutableArray<StepResult> steps) =>
        steps.FirstOrDefault(step => step.State is not (RunState.Passed or RunState.Slow)) is { } failed ? failed.State
        : steps.IsEmpty ? RunState.Broken
        : steps.Any(step => step.State == RunState.Slow) ? RunState.Slow
        : RunState.Passed;

    /// <summary>A run is what its last attempt is; one that passed only after the target had failed is degraded. A canary's own fault before degrades nobody.</summary>
    public static RunState OfRun(RunState last, bool targetFailedBefore) => last == RunState.Passed && targetFailedBefore ? RunState.Degraded : last;

    private static bool IsHeldUp(TimeSpan lag, TimeSpan of) => lag >= LagNoise && lag >= of * LagShare;
}
