namespace OpsConsole.Engine.Access;

/// <summary>What is kept of an API token's secret.</summary>
public sealed class TokenSecret
{
    public required string Id { get; init; }

    /// <summary>SHA-256 of the token's whole text. The secret has 256 random bits, so a slow hash would add nothing.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Unix milliseconds, at most a minute behind; null where it never was used.</summary>
    public long? LastUsed { get; set; }
}
