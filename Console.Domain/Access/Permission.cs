namespace OpsConsole.Domain.Access;

/// <summary>One thing that can be permitted. Each command names the one it needs; the matrix is <see cref="Permissions"/>.</summary>
public enum Permission
{
    View,
    PullCord,
    ReleaseCord,
    OperateRollouts,
    ClearQuarantine,

    /// <summary>Freezes and windows.</summary>
    EditCalendar,

    /// <summary>Let work pass a freeze or a closed window.</summary>
    OverrideCalendar,

    /// <summary>Give the approval a stage asks for. Refusing it is an operator's: anyone on call may say stop.</summary>
    Approve,
    EditPipelines,

    /// <summary>Start a rollout ahead of those that wait.</summary>
    StartHotfixes,

    /// <summary>Let a rollout begin although a gate, named, is red.</summary>
    OverrideGates,

    /// <summary>Let one rollout work in spite of a pull of the cord, named.</summary>
    OverrideCord,
    RegisterReleases,
    EditFleet,
    ReportHosts,

    /// <summary>Make hosts of the proving ground ill on purpose.</summary>
    DrillHosts,

    /// <summary>Run behaviour tests against targets the console knows.</summary>
    RunNoodles,

    /// <summary>Ask for hosts, hold them, give them back, prove them healthy.</summary>
    Reserve,

    /// <summary>Let somebody else pass one named check, and write hosts off.</summary>
    OverrideReservations,

    /// <summary>Take a reservation from its holder, two people together.</summary>
    ForceRelease,

    /// <summary>Put and remove canaries, with the alarms that are theirs.</summary>
    EditCanaries,

    /// <summary>Run a canary now; hold back what one says, for a time and with a reason.</summary>
    OperateCanaries,

    /// <summary>Make, change and remove alarms; plan when nobody is told.</summary>
    EditAlarms,

    /// <summary>Say whether an alarm was right, and what none told of.</summary>
    JudgeAlarms,

    /// <summary>Hand in numbers of streams.</summary>
    HandInMetrics,
    ManageAccess,
    ChangeSettings,

    /// <summary>Timers, the tick and the planner: never a person.</summary>
    RunEngine,
}
