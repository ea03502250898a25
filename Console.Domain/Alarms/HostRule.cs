namespace OpsConsole.Domain.Alarms;

/// <summary>
/// What a gate on counts of hosts allows: unhealthy ones among the hosts of the plan, in percent, and the rise since the rollout began, in percentage points.
/// Each holds of every AZ, of the region, of the whole plan; null for no limit.
/// </summary>
public sealed record HostRule
{
    /// <summary>The metric that gates on hosts are of; no source reads it, the fleet's own states are counted.</summary>
    public const string Metric = "unhealthy-hosts";

    public int? Az { get; init; }

    public int? Region { get; init; }

    public int? Fleet { get; init; }

    public int? AzIncrease { get; init; }

    public int? RegionIncrease { get; init; }

    public int? FleetIncrease { get; init; }

    internal IEnumerable<(string Name, int? Limit)> All => [("az", Az), ("region", Region), ("fleet", Fleet), ("azIncrease", AzIncrease), ("regionIncrease", RegionIncrease), ("fleetIncrease", FleetIncrease)];
}

/// <summary>How the plan's hosts of one AZ stand.</summary>
/// <param name="Hosts">How many of its hosts the plan has.</param>
/// <param name="Unhealthy">Those that did not come back right.</param>
/// <param name="Silent">Those whose own report is missing. They count as unhealthy wherever that makes a difference, but such a verdict is an Error, never Bad.</param>
public sealed record HostTally(string Region, string Az, int Hosts, int Unhealthy, int Silent);
