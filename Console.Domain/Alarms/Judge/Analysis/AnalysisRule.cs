namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>How often a metric is measured and how many measurements of which kind end it.</summary>
public sealed record AnalysisRule
{
    public const int DefaultErrorLimit = 4;
    public static readonly TimeSpan DefaultRetry = TimeSpan.FromSeconds(10);

    /// <summary>More failed measurements than this fail the metric; below 0 failures do not count.</summary>
    public int FailureLimit { get; init; }

    /// <summary>More inconclusive measurements than this end it inconclusive.</summary>
    public int InconclusiveLimit { get; init; }

    /// <summary>More errors in a row than this end it with an error.</summary>
    public int ErrorLimit { get; init; } = DefaultErrorLimit;

    /// <summary>This many successes in a row end it well; 0 where they do not.</summary>
    public int SuccessLimit { get; init; }

    /// <summary>Measurements in all; null for no end where there is an interval, and for one where there is none.</summary>
    public int? Count { get; init; }

    public TimeSpan? Interval { get; init; }

    /// <summary>
    /// Departs where the model we took this from lets no evidence pass: a metric ended before anything was measured, or after nothing but failures and errors, is
    /// inconclusive instead of successful (law 8).
    /// </summary>
    public bool Strict { get; init; } = true;

    public int? EffectiveCount => Count ?? (Interval is null ? 1 : null);

    /// <summary>Whether a measurement is due.</summary>
    /// <param name="finished">When the last one ended; null for none.</param>
    /// <param name="taken">Measurements that count so far.</param>
    public bool Due(DateTimeOffset? finished, int taken, DateTimeOffset now) =>
        finished is not { } last || ((EffectiveCount is not { } count || taken < count) && now > last + (Interval ?? DefaultRetry));
}

/// <summary>A metric's measurements so far.</summary>
/// <param name="Last">The last measurement; null where there is none.</param>
public sealed record AnalysisCounts(AnalysisPhase? Last)
{
    /// <summary>All but errors.</summary>
    public int Count { get; init; }

    public int Successful { get; init; }

    public int Failed { get; init; }

    public int Inconclusive { get; init; }

    /// <summary>In a row, up to now.</summary>
    public int ConsecutiveErrors { get; init; }

    /// <summary>In a row, up to now.</summary>
    public int ConsecutiveSuccesses { get; init; }

    public static AnalysisCounts None { get; } = new((AnalysisPhase?)null);

    /// <summary>One more measurement.</summary>
    public AnalysisCounts With(AnalysisPhase measured) => measured switch
    {
        AnalysisPhase.Successful => this with { Last = measured, Count = Count + 1, Successful = Successful + 1, ConsecutiveSuccesses = ConsecutiveSuccesses + 1, ConsecutiveErrors = 0 },
        AnalysisPhase.Failed => this with { Last = measured, Count = Count + 1, Failed = Failed + 1, ConsecutiveSuccesses = 0, ConsecutiveErrors = 0 },
        AnalysisPhase.Inconclusive => this with { Last = measured, Count = Count + 1, Inconclusive = Inconclusive + 1, ConsecutiveSuccesses = 0, ConsecutiveErrors = 0 },
        AnalysisPhase.Error => this with { Last = measured, ConsecutiveErrors = ConsecutiveErrors + 1, ConsecutiveSuccesses = 0 },
        _ => this with { Last = measured },
    };
}
