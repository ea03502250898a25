namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>When an analysis judges, and over which time.</summary>
/// <param name="Requested">When the analysis was asked for, UTC.</param>
public sealed record JudgementWindows(DateTimeOffset Requested)
{
    /// <summary>Where set, the analysis begins here, in the past or to come.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Where set, nothing is waited for: what was is judged.</summary>
    public DateTimeOffset? End { get; init; }

    public TimeSpan? Lifetime { get; init; }

    /// <summary>Null for one judgement at the end.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Before the first window; nothing where there is an end.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Windows of this length slide; zero for windows that grow from the start.</summary>
    public TimeSpan LookBack { get; init; }

    /// <summary>The baseline is read this much earlier.</summary>
    public TimeSpan BaselineOffset { get; init; }

    private DateTimeOffset Begin => Start ?? Requested;

    /// <summary>Whole minutes where it follows from the end; null where neither end nor lifetime is given.</summary>
    public TimeSpan? Length => End is { } end ? TimeSpan.FromMinutes(Math.Truncate((end - Begin).TotalMinutes)) : Lifetime;

    /// <summary>The interval, at most the whole length.</summary>
    public TimeSpan? Every => Length is not { } length ? null : Interval is { } interval && interval > TimeSpan.Zero && interval < length ? interval : length;

    public int Judgements => Length is { } length && Every is { } every && every > TimeSpan.Zero ? (int)Math.Min(int.MaxValue, Math.Floor(length / every)) : 0;

    /// <param name="judgement">From 1.</param>
    /// <param name="interval">The time between judgements.</param>
    public (DateTimeOffset From, DateTimeOffset To) Candidate(int judgement, TimeSpan interval)
    {
        var begin = End is null ? Begin + WarmUp : Begin;
        var to = begin + (interval * judgement);
        return (LookBack > TimeSpan.Zero ? to - LookBack : begin, to);
    }

    /// <param name="judgement">From 1.</param>
    /// <param name="interval">The time between judgements.</param>
    public (DateTimeOffset From, DateTimeOffset To) Baseline(int judgement, TimeSpan interval)
    {
        var (from, to) = Candidate(judgement, interval);
        return (from - BaselineOffset, to - BaselineOffset);
    }
}
