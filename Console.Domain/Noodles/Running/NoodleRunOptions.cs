namespace OpsConsole.Domain.Noodles.Running;

/// <summary>How scenarios are run.</summary>
/// <param name="Parallel">How many at once, 1 to 32.</param>
/// <param name="Retries">How often a failed one is tried again, 0 to 5.</param>
public sealed record NoodleRunOptions(int Parallel = 4, int Retries = 0)
{
    public const int MostParallel = 32;

    /// <summary>A step that takes longer has failed.</summary>
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A run that takes longer is cut short.</summary>
    public TimeSpan RunLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The last scenario is begun first.</summary>
    public bool Reverse { get; init; }

    /// <summary>Why it cannot be; null where it can.</summary>
    public string? Fault =>
        Parallel is < 1 or > MostParallel ? $"{Parallel} scenarios at once; 1 to {MostParallel} are possible."
        : Retries is < 0 or > Outcomes.MostRetries ? $"{Retries} retries; 0 to {Outcomes.MostRetries} are possible."
        : StepLimit <= TimeSpan.Zero || StepLimit > TimeSpan.FromMinutes(10) ? "The limit of a step is above 0 and at most 10 minutes."
        : RunLimit <= TimeSpan.Zero || RunLimit > TimeSpan.FromHours(4) ? "The limit of a run is above 0 and at most 4 hours."
        : null;
}
