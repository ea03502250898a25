namespace OpsConsole.Domain.Alarms.Rules;

public enum AlarmState
{
    /// <summary>What was seen does not break the rule.</summary>
    Ok,

    /// <summary>It does.</summary>
    Alarm,

    /// <summary>Nothing was seen, or nothing yet. Not good data (law 8).</summary>
    InsufficientData,
}

/// <summary>What an alarm makes of periods without data.</summary>
public enum MissingTreatment
{
    /// <summary>Without any data the alarm has insufficient data.</summary>
    Missing,

    /// <summary>Without data the alarm keeps its state.</summary>
    Ignore,

    /// <summary>A period without data breaks the rule: for heartbeats, canaries and what must never stop.</summary>
    Breaching,

    /// <summary>A period without data is good: for counters of errors that are silent while all is well.</summary>
    NotBreaching,
}

/// <summary>One period, as a rule sees it.</summary>
public enum AlarmPoint
{
    Missing,
    Good,
    Breaching,
}

/// <summary>The states' names as the world writes them.</summary>
public static class AlarmStateWords
{
    public static string Word(this AlarmState state) => state switch { AlarmState.Ok => "OK", AlarmState.Alarm => "ALARM", _ => "INSUFFICIENT_DATA" };

    /// <summary>Null where it is none.</summary>
    public static AlarmState? Parse(string word) => word switch { "OK" => AlarmState.Ok, "ALARM" => AlarmState.Alarm, "INSUFFICIENT_DATA" => AlarmState.InsufficientData, _ => null };
}
