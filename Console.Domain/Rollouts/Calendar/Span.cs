namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>A stretch of time, from its first moment to the first moment after it.</summary>
public readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
{
    public bool Holds(DateTimeOffset at) => at >= From && at < To;
}
