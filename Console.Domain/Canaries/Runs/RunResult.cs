using System.Collections.Immutable;

namespace OpsConsole.Domain.Canaries.Runs;

/// <summary>What one turn of a canary at one place came to.</summary>
/// <param name="Turn">Number of the turn; 0 for a run a person asked for.</param>
/// <param name="Intended">When it should have begun: all times for customers' eyes count from here.</param>
/// <param name="Began">When it did; as <paramref name="Intended"/> where it never did.</param>
/// <param name="Attempts">1 and the retries; 0 where it never began.</param>
/// <param name="Steps">Of the last attempt.</param>
public sealed record RunResult(CanaryPost Post, long Turn, DateTimeOffset Intended, DateTimeOffset Began, DateTimeOffset Ended, RunState State, int Attempts, ImmutableArray<StepResult> Steps, string Detail)
{
    /// <summary>Requests and answers of the last attempt, without secrets; kept for failures only.</summary>
    public ImmutableArray<Exchange> Exchanges { get; init; } = [];

    /// <summary>The host asked is simulated.</summary>
    public bool Simulated { get; init; }

    public TimeSpan Late => Began - Intended;

    /// <summary>From the intended start: what a customer who came on time would have waited.</summary>
    public TimeSpan FromIntended => Ended - Intended;
}

/// <summary>One request with its answer, as far as it came; bounded, without secrets.</summary>
/// <param name="Request">First line, headers and the beginning of the body.</param>
/// <param name="Answer">The same of the answer; empty where none came.</param>
public sealed record Exchange(string Step, string Request, string Answer, TimeSpan Took);
