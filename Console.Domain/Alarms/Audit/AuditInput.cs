using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Alarms.Audit;

/// <summary>One AZ with a service in it.</summary>
/// <param name="Simulated">Whether all its hosts are.</param>
public sealed record AuditZone(string Service, string Partition, string Region, string Az, int Hosts, bool Simulated);

/// <summary>One stage of a pipeline and what gates it.</summary>
/// <param name="Regions">Where it goes.</param>
/// <param name="AlarmGate">Whether a gate of it obeys alarms.</param>
public sealed record AuditStage(string Pipeline, string Stage, string Service, ImmutableArray<string> Regions, bool AlarmGate);

/// <summary>A stream that had data lately.</summary>
/// <param name="Last">When it was last heard of.</param>
/// <param name="Every">How far apart its observations come, on average over the last quarter of an hour.</param>
/// <param name="PerMinute">How many come in a minute.</param>
public sealed record StreamFacts(MetricStream Stream, DateTimeOffset Last, TimeSpan Every, double PerMinute);

/// <summary>Everything an audit looks at.</summary>
public sealed record AuditInput(
    ImmutableArray<AuditZone> Zones,
    ImmutableArray<AuditStage> Stages,
    ImmutableArray<(string Group, Alarm Alarm)> Alarms,
    ImmutableArray<StreamFacts> Streams,
    DateTimeOffset Now)
{
    /// <summary>What alarms with a band are judged by now, by their full names; those that have not learned one yet are left out.</summary>
    public ImmutableDictionary<string, BandLimits> Bands { get; init; } = ImmutableDictionary<string, BandLimits>.Empty;
}

public enum AuditKind
{
    /// <summary>A zone has no such alarm although there is data for it.</summary>
    LacksEssential,

    /// <summary>Nobody measures what an essential alarm needs.</summary>
    NotMeasured,

    /// <summary>A stage's gates obey no alarm.</summary>
    StageWithoutAlarms,

    /// <summary>An alarm looks at streams that do not exist.</summary>
    NoSuchStream,

    /// <summary>Its streams have fallen silent.</summary>
    SilentStream,

    /// <summary>It can never go to ALARM.</summary>
    NeverFires,

    /// <summary>It can only be in ALARM.</summary>
    AlwaysFires,

    /// <summary>Its period is shorter than its streams' own, so that most periods have no data.</summary>
    PeriodTooShort,

    /// <summary>Its periods never hold the samples it asks for.</summary>
    TooFewSamples,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Where">The zone, stage or alarm.</param>
/// <param name="What">What is wrong, with the facts.</param>
/// <param name="Do">What to do.</param>
public sealed record AuditFinding(AuditKind Kind, string Where, string What, string Do)
{
    public string? Service { get; init; }

    /// <summary>The alarm's full name, where it is about one.</summary>
    public string? Alarm { get; init; }

    public bool Simulated { get; init; }
}
