namespace OpsConsole.Engine.Access;

/// <summary>What is kept of a one-time sign-in link; an account has at most one.</summary>
public sealed class SignInLink
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The account it signs in.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the link's token.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long ExpiresAt { get; set; }
}
