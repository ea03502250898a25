namespace OpsConsole.Domain.ProvingGround.History;

public enum OperationKind
{
    Write,
    Delete,
    Read,
}

/// <summary>One customer's operation on one key, as its sender saw it.</summary>
/// <param name="Value">What was written or read, by its checksum and a number no two writes share; null for a deletion, and for a read that found nothing.</param>
/// <param name="Began">When it was sent, ticks of the sender's monotonic clock.</param>
/// <param name="Ended">When the answer was there; <see cref="Never"/> where none came: a write may then have happened at any time since, or not at all.</param>
public sealed record KeyOperation(OperationKind Kind, string? Value, long Began, long Ended)
{
    public const long Never = long.MaxValue;

    public bool Answered => Ended != Never;
}
