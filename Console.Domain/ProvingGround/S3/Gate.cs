namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>What must be known before a gate can judge; each is dearer to find out than the one before.</summary>
public enum GateNeeds
{
    Request,

    /// <summary>The index has been asked.</summary>
    State,

    /// <summary>The body has been read.</summary>
    Body,
}

/// <summary>One reason to refuse a request. Which of several reasons a customer is told is the order of the gates, and that order is data.</summary>
/// <param name="Check">The refusal; null where the gate is passed.</param>
public sealed record Gate(string Id, GateNeeds Needs, Func<Situation, S3Error?> Check);
