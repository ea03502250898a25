namespace OpsConsole.Domain.Access;

/// <summary>What a person may do, each role including the ones before it.</summary>
public enum Role
{
    Viewer,

    /// <summary>On call: starts, pauses, aborts, rolls back, pulls the cord.</summary>
    Operator,

    /// <summary>Approves, releases the cord, clears quarantine.</summary>
    Approver,

    /// <summary>Accounts, tokens, settings, the fleet's files.</summary>
    Admin,
}
