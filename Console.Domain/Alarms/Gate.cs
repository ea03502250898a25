using System.Text.Json.Serialization;
using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Domain.Alarms;

/// <summary>What a gate does about a verdict that is neither good nor bad (law 8). None of these promotes or rolls back.</summary>
public enum NoDataPolicy
{
    /// <summary>Waits for data until the bake's extension ends, then a person is asked.</summary>
    Extend,

    /// <summary>Waits for data until the stage's deadline, then a person is asked.</summary>
    Block,

    /// <summary>Asks a person as soon as the gate has had no data for all its windows.</summary>
    Ask,
}

/// <summary>What must hold of one metric for a rollout to go on. At least one limit is set, or a canary rule.</summary>
/// <param name="Name">Unique within its pipeline, at most 64 characters.</param>
public sealed record Gate(string Name, string Metric)
{
    /// <summary>The value may be at most this, in the metric's unit.</summary>
    public double? Max { get; init; }

    /// <summary>The value must be at least this.</summary>
    public double? Min { get; init; }

    /// <summary>The value may exceed the baseline by at most this, in the metric's unit.</summary>
    public double? MaxIncrease { get; init; }

    /// <summary>The value may be at most the baseline times this; 1 and up.</summary>
    public double? MaxRatio { get; init; }

    /// <summary>Limits against the baseline are not applied to values up to this: small numbers double by chance.</summary>
    public double Floor { get; init; }

    /// <summary>A window with fewer observations is Missing, not good.</summary>
    public long MinSamples { get; init; } = 1;

    /// <summary>Judged on all that was seen since the bake began instead of on one window: for what shows slowly, such as a leak. Not judged outside bakes.</summary>
    public bool OverBake { get; init; }

    /// <summary>The gate is bad once this many of the last <see cref="Of"/> windows were.</summary>
    public int Bad { get; init; } = 1;

    /// <summary>1 to 20.</summary>
    public int Of { get; init; } = 1;

    /// <summary>
    /// Set instead of limits: hosts that run the release are judged against those that do not, by statistics over the whole bake. Not judged where no host is
    /// left to compare with.
    /// </summary>
    public CanaryRule? Canary { get; init; }

    /// <summary>Set instead of limits and metric: hosts are counted, by the state the fleet knows them in.</summary>
    public HostRule? Hosts { get; init; }

    /// <summary>Set where alarms are obeyed: how many of them may be in ALARM is <see cref="Max"/>.</summary>
    public AlarmGate? Alarms { get; init; }

    /// <summary>Set where the numbers come from outside.</summary>
    public GateQuery? Query { get; init; }

    /// <summary>Set instead of windows: how long it must be good, and how long it may be bad.</summary>
    public HealthTimer? Timer { get; init; }

    /// <summary>The other service whose hosts in the same region are judged; null for the pipeline's own. Where that service has no data it is Missing.</summary>
    public string? Service { get; init; }

    public NoDataPolicy Missing { get; init; }

    public NoDataPolicy Error { get; init; }

    /// <summary>Whether it is seen in customers' traffic only: validators take none and are not judged by it.</summary>
    public bool CustomerTraffic => Service is null && Metric is (Metrics.ErrorRate or Metrics.LatencyP99);

    /// <summary>Whether its readings come from alarms or from outside, not from the hosts' health source.</summary>
    [JsonIgnore]
    public bool Outside => Alarms is not null || Query is not null;

    /// <summary>The name its readings go by: those of another service have its name before the metric's, and what is read for one gate only has the gate's.</summary>
    [JsonIgnore]
    public string Reads => Outside ? NameOf("gate", Name) : Service is null ? Metric : NameOf(Service, Metric);

    public static string NameOf(string service, string metric) => $"{service}/{metric}";
}
