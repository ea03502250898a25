namespace OpsConsole.Domain.ProvingGround.Repair;

public enum HostStanding
{
    Answers,

    /// <summary>It does not answer, and its shards may wait for it.</summary>
    Awaited,

    /// <summary>Its shards are rebuilt elsewhere.</summary>
    Lost,
}

/// <summary>How long what is missing may wait for a host to come back.</summary>
public sealed record RepairPolicy
{
    /// <summary>A host that has not answered for this long does not answer: shorter is a restart.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long shards wait for their host while slack allows.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(15);

    /// <param name="unanswered">Since its last answer.</param>
    /// <param name="worstSlack">The least slack of any extent that has a shard on it, with its shards counted as missing.</param>
    public HostStanding Judge(TimeSpan unanswered, int worstSlack) =>
        unanswered < Silence ? HostStanding.Answers
        : worstSlack >= 1 && unanswered < Delay ? HostStanding.Awaited
        : HostStanding.Lost;
}
