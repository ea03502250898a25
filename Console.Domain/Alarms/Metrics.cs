namespace OpsConsole.Domain.Alarms;

/// <summary>The names and units of the metrics that every driver and health source speaks of.</summary>
public static class Metrics
{
    /// <summary>Share of requests answered with 5xx or not at all, 0 to 1; seen by the router.</summary>
    public const string ErrorRate = "error-rate";

    /// <summary>99th percentile of the time to answer, milliseconds; seen by the router.</summary>
    public const string LatencyP99 = "p99-ms";

    /// <summary>Share of health checks a host answered in time, 0 to 1.</summary>
    public const string Availability = "availability";

    /// <summary>Share of probe requests whose answer was what a customer must get (status, headers, bytes), 0 to 1.</summary>
    public const string ProbeSuccess = "probe-success";

    /// <summary>Share of the probe's requests that were answered below 500 with something else than a customer must get, 0 to 1. Not slow, not missing: wrong.</summary>
    public const string ProbeWrong = "probe-wrong";

    /// <summary>Share of the shards a host had written for it by the probe that are not what belongs in their place, 0 to 1; every shard is one sample.</summary>
    public const string ShardsWrong = "shards-wrong";

    /// <summary>99th percentile of the probe's own requests, milliseconds.</summary>
    public const string ProbeLatencyP99 = "probe-p99-ms";

    /// <summary>How many behaviour tests a host failed since it was changed; every test is one sample.</summary>
    public const string TestsFailed = "tests-failed";

    /// <summary>Growth of a host's resident memory per 1,000 requests it served, MiB.</summary>
    public const string MemoryGrowth = "memory-mib-per-1000";
}
