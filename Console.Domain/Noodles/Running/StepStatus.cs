namespace OpsConsole.Domain.Noodles.Running;

/// <summary>What became of a step, a hook or a scenario; worse ones count higher.</summary>
public enum StepStatus
{
    Unknown,
    Passed,

    /// <summary>Not run, because of something before it or because it does not apply here.</summary>
    Skipped,

    /// <summary>Its owner says that it is not finished.</summary>
    Pending,

    /// <summary>No step answers to its text.</summary>
    Undefined,

    /// <summary>More than one does.</summary>
    Ambiguous,
    Failed,
}
