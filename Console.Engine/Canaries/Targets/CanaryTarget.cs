using OpsConsole.Domain.Canaries;

namespace OpsConsole.Engine.Canaries.Targets;

/// <summary>A place where canaries can look at a service.</summary>
/// <param name="Address">Scheme, host and port.</param>
public sealed record CanaryTarget(string Service, string Partition, string Region, Vantage Vantage, Uri Address)
{
    /// <summary>Of the host; null where it is a front door.</summary>
    public string? Az { get; init; }

    /// <summary>The one host that is asked; null where it is a front door.</summary>
    public string? Host { get; init; }

    /// <summary>What answers is no real host.</summary>
    public bool Simulated { get; init; }

    public CanaryPost Post(Canary canary) => new(canary.Name, Region, Vantage, Host);
}
