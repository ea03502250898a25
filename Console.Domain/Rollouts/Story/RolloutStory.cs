using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Story;

public enum Doing
{
    /// <summary>Its wave is not open, or it is done and others are not.</summary>
    Idle,

    /// <summary>Before the first host.</summary>
    Looking,
    Working,
    Baking,

    /// <summary>By the change calendar.</summary>
    Held,

    /// <summary>By a bad gate, the cord, an operator, or a question.</summary>
    Halted,
}

/// <summary>What a rollout did and when, told from its events alone.</summary>
/// <param name="Told">The last moment it tells of.</param>
/// <param name="End">Null while it has not ended.</param>
public sealed record RolloutStory(string Rollout, DateTimeOffset Start, DateTimeOffset Told, DateTimeOffset? End, ImmutableArray<StorySpan> Spans, ImmutableArray<StoryBatch> Batches)
{
    public TimeSplit Split { get; init; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>What first stopped it as bad; null where nothing did.</summary>
    public Detection? Detected { get; init; }

    /// <summary>When each wave opened.</summary>
    public ImmutableArray<OpenedWave> Opened { get; init; } = [];

    /// <summary>True where the journal no longer holds its beginning or holds more than is read: the story is then of the newest part.</summary>
    public bool Cut { get; init; }

    /// <summary>Hosts of batches that had begun by a moment, in all regions.</summary>
    public int BegunBy(DateTimeOffset at) => Batches.Where(batch => batch.Began <= at).Sum(batch => batch.Hosts);
}

public sealed record OpenedWave(int Stage, int Wave, DateTimeOffset At);

/// <summary>What one region did from one moment to another.</summary>
/// <param name="Batch">Index of the batch; -1 before the first.</param>
public sealed record StorySpan(string Region, int Stage, int Batch, string Az, Doing Doing, DateTimeOffset From, DateTimeOffset To);

/// <param name="Settled">When its last host was done or a casualty; null where that was not.</param>
/// <param name="Baked">When what came after its bake began; null where it had none or did not end.</param>
/// <param name="BakeBegan">Null where it had none.</param>
public sealed record StoryBatch(string Region, int Stage, int Index, string Az, int Hosts, DateTimeOffset Began, DateTimeOffset? Settled, DateTimeOffset? BakeBegan, DateTimeOffset? Baked);

/// <summary>A rollout's whole time in three parts: hosts at work or being looked at; else bakes; else waiting for somebody or something.</summary>
public sealed record TimeSplit(TimeSpan Active, TimeSpan Bake, TimeSpan Waiting)
{
    public TimeSpan Whole => Active + Bake + Waiting;
}

/// <param name="Exposed">Hosts that had been given the release by then, in all regions.</param>
public sealed record Detection(DateTimeOffset At, string Region, int Stage, int Batch, string Why, string? Gate, int Exposed);
