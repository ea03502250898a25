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
    RegisterReleases,
    EditFleet,
    ReportHosts,

    /// <summary>Make hosts of the proving ground ill on purpose.</summary>
    DrillHosts,
    ManageAccess,
    ChangeSettings,

    /// <summary>Timers, the tick and the planner: never a person.</summary>
    RunEngine,
}
