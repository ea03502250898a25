namespace OpsConsole.Domain.Noodles.Running;

/// <summary>The rules by which many outcomes are one.</summary>
public static class Outcomes
{
    public const int MostRetries = 5;

    /// <summary>The worst; Unknown of none.</summary>
    public static StepStatus Worst(IEnumerable<StepStatus> all) => all.DefaultIfEmpty(StepStatus.Unknown).Max();

    /// <summary>A scenario of no steps has nothing that could be wrong.</summary>
    public static bool IsGood(StepStatus status) => status is StepStatus.Unknown or StepStatus.Passed or StepStatus.Skipped;

    /// <summary>Only what failed is tried again: what is undefined, ambiguous or pending stays so.</summary>
    /// <param name="attempt">The one that ended, from 0.</param>
    public static bool TryAgain(StepStatus status, int attempt, int retries) => status == StepStatus.Failed && attempt < retries;

    /// <summary>Passed, but not at once: shown as such, never as plainly passed.</summary>
    public static bool IsFlaky(StepStatus last, int attempts) => attempts > 1 && last == StepStatus.Passed;
}
