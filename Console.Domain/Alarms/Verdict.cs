namespace OpsConsole.Domain.Alarms;

/// <summary>What evidence says. Only <see cref="Ok"/> promotes and only <see cref="Bad"/> rolls back (law 8).</summary>
public enum Verdict
{
    Ok,
    Bad,

    /// <summary>No data, or too little to judge. Blocks, extends to a limit, then asks a person.</summary>
    Missing,

    /// <summary>The source failed to answer. Treated like <see cref="Missing"/>, with its own policy.</summary>
    Error,
}
