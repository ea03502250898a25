namespace OpsConsole.Domain.ProvingGround.History;

public enum HistoryOutcome
{
    Fine,

    /// <summary>No order of the operations explains what was read: a value was lost, changed, or stale.</summary>
    Broken,

    /// <summary>Too many operations were open at once to tell.</summary>
    Unknown,
}

public sealed record HistoryVerdict(HistoryOutcome Outcome, string Evidence)
{
    public static HistoryVerdict Fine { get; } = new(HistoryOutcome.Fine, "");
}
