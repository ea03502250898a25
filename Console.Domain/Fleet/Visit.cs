using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

public enum VisitPurpose
{
    /// <summary>To a new release.</summary>
    Forward,

    /// <summary>Back to a release proven good.</summary>
    Rollback,

    /// <summary>The cord's: stop taking writes. Passes one-AZ, because it is a stop and not maintenance.</summary>
    ReadOnlyOn,

    ReadOnlyOff,
}

/// <summary>The steps of one visit, in their order. A read-only visit has its own one step.</summary>
public enum HostStep
{
    Drain,
    Install,
    Start,
    Verify,
    Restore,
    ReadOnlyOn,
    ReadOnlyOff,
}

public enum VisitStatus
{
    /// <summary>One step is out; its report is awaited.</summary>
    Active,

    Done,

    /// <summary>A step failed or passed its deadline: the host is a casualty.</summary>
    Failed,

    /// <summary>Given up before it ended: stopped, or the host was taken over by a later visit.</summary>
    Cancelled,
}

/// <summary>One piece of work on one host, from drain to traffic restored. A host has at most one active visit.</summary>
/// <param name="Id">Chosen by who orders it, unique for ever: asking twice for the same id is asking once.</param>
/// <param name="Release">The release the host is to run; null for read-only visits.</param>
/// <param name="Digest">The artifact's digest, <c>sha256:…</c>; the host refuses another.</param>
/// <param name="Rollout">The rollout it belongs to; null for the cord's own.</param>
/// <param name="Token">The fencing token of every command of this visit.</param>
/// <param name="Deadline">When the whole visit must have ended.</param>
public sealed record Visit(string Id, string Host, VisitPurpose Purpose, string? Release, string? Digest, string? Rollout, long Token, DateTimeOffset Since, DateTimeOffset Deadline)
{
    private static readonly string[] StepNames = Enum.GetNames<HostStep>();

    public HostStep Step { get; init; }

    public DateTimeOffset StepSince { get; init; }

    /// <summary>The cord's epoch the visit was planned under.</summary>
    public long CordEpoch { get; init; }

    public VisitStatus Status { get; init; } = VisitStatus.Active;

    /// <summary>Why it failed or was cancelled, in words with the facts; null while it goes well.</summary>
    public string? Detail { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What is done besides the release, in order.</summary>
    public ImmutableArray<HostChange> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The fencing token of the reservation it is done under; null for none.</summary>
    public long? Reservation { get; init; }

    /// <summary>What the host read back when it was verified; null where it read nothing.</summary>
    public ShardSample? Sample { get; init; }

    /// <summary>What the cord made of it on its way, under the epoch it has now; null where no pull stopped it.</summary>
    public SafePoint? AtPull { get; init; }

    /// <summary>A cancelled visit's host has answered the step that was out: nothing of the visit runs any more.</summary>
    public bool Answered { get; init; }

    /// <summary>The id of the one host command that is out, the same after every restart.</summary>
    public string CommandId => string.Concat(Id, "/", StepNames[(int)Step]);
}
