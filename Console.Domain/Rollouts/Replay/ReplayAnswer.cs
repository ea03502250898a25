using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;

namespace OpsConsole.Domain.Rollouts.Replay;

public enum ReplayOutcome
{
    /// <summary>Neither stopped it: the rollout did, and would have, come through.</summary>
    NotStopped,
    CaughtEarlier,
    CaughtAtTheSameTime,
    CaughtLater,

    /// <summary>It was stopped as bad, and the policy would have let it go on, as far as all that was seen tells.</summary>
    Missed,

    /// <summary>The policy would have stopped a release that came through and was not taken back.</summary>
    FalseStop,

    /// <summary>Figures that would decide it were not kept.</summary>
    CannotBeTold,
}

/// <summary>A past rollout judged by another policy, on what was really seen.</summary>
/// <param name="Pipeline">The other policy's name.</param>
/// <param name="Policy">Where the policy would first have stopped it; null where nowhere.</param>
/// <param name="Really">Where it was really stopped as bad; null where it was not.</param>
public sealed record ReplayAnswer(string Rollout, string Release, string Pipeline, ReplayOutcome Outcome, ReplayStop? Policy, ReplayStop? Really)
{
    public const int MostListed = 100;

    /// <summary>The outcome in a sentence.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>Each region's first stop under the policy, in the order of time; at most <see cref="MostListed"/>.</summary>
    public ImmutableArray<ReplayStop> Stops { get; init; } = [];

    /// <summary>Bakes that the policy would not have ended when they ended, or would have ended sooner; at most <see cref="MostListed"/>.</summary>
    public ImmutableArray<ReplayBake> Bakes { get; init; } = [];

    /// <summary>Gate by gate, how many windows it judged.</summary>
    public ImmutableArray<ReplayGate> Gates { get; init; } = [];

    /// <summary>False where the policy would have had other hosts on the release by then than there really were: what it would have seen then is not known.</summary>
    public bool Sure { get; init; } = true;

    /// <summary>What limits the answer, in words.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <param name="At">When, as time really went.</param>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Batch">Number of the batch in its region, from 1; 0 before the first.</param>
/// <param name="Gate">The gate or budget.</param>
/// <param name="Exposed">Hosts that had been given the release by then; for the policy, by its own bakes.</param>
/// <param name="Reached">Hosts that the rollout really gave it to in the end.</param>
public sealed record ReplayStop(DateTimeOffset At, string Region, string Stage, int Batch, string Az, string Gate, string Why, int Exposed, int Reached);

/// <param name="Was">How long it really lasted.</param>
/// <param name="Wants">How long the policy asks for at least.</param>
/// <param name="Lacking">What the policy would still have waited for when it really ended; empty where only time.</param>
public sealed record ReplayBake(DateTimeOffset Ended, string Region, string Stage, int Batch, string Az, TimeSpan Was, TimeSpan Wants, string Lacking);

/// <param name="Unknown">Windows for which no figures were kept that this gate could judge.</param>
public sealed record ReplayGate(string Gate, string Metric, int Ok, int Bad, int Missing, int Error, int Unknown)
{
    internal ReplayGate With(Verdict? verdict) => verdict switch
    {
        Verdict.Ok => this with { Ok = Ok + 1 },
        Verdict.Bad => this with { Bad = Bad + 1 },
        Verdict.Missing => this with { Missing = Missing + 1 },
        Verdict.Error => this with { Error = Error + 1 },
        _ => this with { Unknown = Unknown + 1 },
    };
}
