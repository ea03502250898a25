using System.Collections.Immutable;

namespace OpsConsole.Domain.Canaries;

/// <summary>
/// Our own customer of a service, on a schedule. What it does is exactly one of <see cref="Steps"/>, <see cref="Script"/> and <see cref="Noodles"/>.
/// </summary>
/// <param name="Name">Unique: lower-case letters, digits and hyphens, 1 to 64.</param>
/// <param name="Service">Whose customer it is (<c>web</c>).</param>
public sealed record Canary(string Name, string Service, CanarySchedule Schedule)
{
    /// <summary>What it is for, in a sentence; at most 300 characters.</summary>
    public string About { get; init; } = "";

    /// <summary>Requests in a row; the first that fails ends the run. At most <see cref="CanaryRules.MostSteps"/>.</summary>
    public ImmutableArray<HttpStep> Steps { get; init; } = [];

    /// <summary>The name of a script that whoever runs the targets brings along; null for none.</summary>
    public string? Script { get; init; }

    /// <summary>A tag expression over behaviour features (<c>@canary and not @slow</c>); null for none.</summary>
    public string? Noodles { get; init; }

    /// <summary>Where it looks from.</summary>
    public ImmutableArray<Vantage> Vantages { get; init; } = [Vantage.Outside, Vantage.Inside, Vantage.Validator];

    /// <summary>Regions it runs in; empty for every region that has a target of its service.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    public CanaryLimits Limits { get; init; } = new();

    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>Whether it runs at this place.</summary>
    public bool LooksAt(string service, string region, Vantage vantage) =>
        service == Service && Vantages.Contains(vantage) && (Regions.IsEmpty || Regions.Contains(region));
}

/// <summary>How long a canary waits, and from when on a right answer came too late.</summary>
public sealed record CanaryLimits
{
    /// <summary>For one step; no answer by then: the target stalls.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>For all steps and retries together; at most the period, so that a turn ends before the next.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A right answer to a step that took longer is slow.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(1);
}
