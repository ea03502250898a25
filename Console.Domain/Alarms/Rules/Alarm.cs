using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Rules.Composites;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>What an evaluation rested on.</summary>
/// <param name="From">Start of the oldest period looked at, UTC.</param>
/// <param name="To">End of the newest, UTC.</param>
/// <param name="Values">One for each period, oldest first; null where there was none.</param>
/// <param name="Filled">For how many periods the treatment of missing data stood in.</param>
public sealed record AlarmEvidence(DateTimeOffset From, DateTimeOffset To, ImmutableArray<double?> Values, int Filled)
{
    /// <summary>How many streams the newest period rests on.</summary>
    public int Streams { get; init; }

    /// <summary>The band it was judged by; null where there was none.</summary>
    public BandLimits? Band { get; init; }
}

/// <summary>What a person says of an alarm that fired.</summary>
/// <param name="Right">Whether customers were harmed, or would have been.</param>
public sealed record AlarmVerdict(bool Right, string By, DateTimeOffset At, string Note);

/// <summary>One change of an alarm's state.</summary>
/// <param name="Number">From 1, rising by one with each change of the alarm.</param>
/// <param name="Reason">One sentence with the figures.</param>
public sealed record AlarmChange(int Number, AlarmState From, AlarmState To, DateTimeOffset At, string Reason)
{
    public AlarmEvidence? Evidence { get; init; }

    /// <summary>Null while nobody has said.</summary>
    public AlarmVerdict? Verdict { get; init; }
}

/// <summary>An alarm with the state it is in.</summary>
/// <param name="Version">Rises with each change of the definition; findings about an older one are dropped.</param>
public sealed record Alarm(AlarmDefinition Definition, int Version)
{
    /// <summary>So many changes are kept with the alarm; all are in the journal.</summary>
    public const int ChangesKept = 10;

    public AlarmState State { get; init; } = AlarmState.InsufficientData;

    public DateTimeOffset Since { get; init; }

    /// <summary>Why it is in that state; empty before the first change.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Number of the newest change.</summary>
    public int Changes { get; init; }

    /// <summary>Number of the newest change that was acted on, or needs no action.</summary>
    public int Acted { get; init; }

    public ActionHold? Hold { get; init; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<AlarmChange> History { get; init; } = [];

    /// <summary>How often a person said it fired and was right.</summary>
    public int Right { get; init; }

    /// <summary>How often it fired and was wrong.</summary>
    public int Wrong { get; init; }

    /// <summary>How often it went to ALARM.</summary>
    public int Fired { get; init; }

    [JsonIgnore]
    public bool Pending => Changes > Acted;
}

/// <summary>Somebody is told that an alarm changed, or would be.</summary>
/// <param name="Number">From 1, rising by one with each of the group's.</param>
public sealed record AlarmAction(int Number, string Alarm, AlarmState State, DateTimeOffset At, string Reason);

/// <summary>Harm that no alarm told of.</summary>
/// <param name="What">What happened, at most 500 characters.</param>
public sealed record MissedHarm(string What, Access.Scope Scope, DateTimeOffset From, DateTimeOffset? To, string By, DateTimeOffset At);

/// <summary>State of a stream <c>alarms/group</c>: alarms that belong together, such as those of a service or of a canary.</summary>
public sealed record AlarmGroup(string Name)
{
    public const int MostAlarms = 2_000;
    public const int ActionsKept = 100;
    public const int MissesKept = 100;

    private ImmutableArray<string>? _restless;

    /// <summary>Whose alarms they are, such as <c>canary:checkout</c>; null where they are people's own.</summary>
    public string? Owner { get; init; }

    public ImmutableSortedDictionary<string, Alarm> Alarms
    {
        get;
        init => (field, _restless) = (value, null);
    } = ImmutableSortedDictionary.Create<string, Alarm>(StringComparer.Ordinal);

    /// <summary>The newest, oldest first.</summary>
    public ImmutableArray<AlarmAction> Actions { get; init; } = [];

    public int LastAction { get; init; }

    /// <summary>The newest, oldest first.</summary>
    public ImmutableArray<MissedHarm> Misses { get; init; } = [];

    public int Missed { get; init; }

    /// <summary>Alarms that may have something due without a finding: composites, and those whose last change is not acted on.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Restless => _restless ??= [.. Alarms.Where(alarm => alarm.Value.Definition.Composite is not null || alarm.Value.Pending).Select(alarm => alarm.Key)];
}
