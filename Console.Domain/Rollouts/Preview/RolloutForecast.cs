using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>What a plan will do and when, if every host comes back right and all evidence is good.</summary>
/// <param name="End">The expected end; null where it cannot be told, see <see cref="Asks"/>.</param>
/// <param name="Late">The end where every bake takes its whole extension; null where that cannot be told.</param>
public sealed record RolloutForecast(DateTimeOffset Start, DateTimeOffset? End, DateTimeOffset? Late, ImmutableArray<StageForecast> Stages)
{
    /// <summary>Batches are listed one by one up to this many; beyond it AZs are.</summary>
    public const int MostBatches = 2_000;

    public const int MostHolds = 500;

    /// <summary>What the change calendar will hold, in the order of its beginning; the first <see cref="MostHolds"/>.</summary>
    public ImmutableArray<HoldForecast> Holds { get; init; } = [];

    public int HoldCount { get; init; }

    /// <summary>The worst of each step of time, in order; a step lasts until the next.</summary>
    public ImmutableArray<ExposureStep> Exposure { get; init; } = [];

    /// <summary>How long each step of the exposure is: a minute, or more where the rollout lasts for days.</summary>
    public TimeSpan ExposureStep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The worst of all steps, each figure for itself.</summary>
    public ExposureStep Worst { get; init; } = new(default, 0, 0, 0, 0, 0);

    /// <summary>Where it stops and asks a person, in words; null where it comes to its end by itself.</summary>
    public string? Asks { get; init; }

    /// <summary>What was taken for true, measured or assumed.</summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];

    /// <summary>Its hours are an estimate: hosts keep data, and waits for reservations are not foreseen.</summary>
    public bool Estimate { get; init; }

    /// <summary>True where batches are too many to be listed: then regions and AZs are.</summary>
    public bool Shortened { get; init; }

    /// <summary>The first wave that a freeze or a closed window holds, in words: what a person should know before starting. Null where nothing does.</summary>
    public string? Warning => Holds.IsEmpty ? null : $"will be held by {string.Join(", ", Holds[0].Entries)} in wave {Holds[0].Wave + 1} of stage '{Stages[Holds[0].Stage].Name}', in {Holds[0].Region}";
}

/// <param name="Opens">When its first wave opens; null where it is not reached.</param>
/// <param name="Approval">What it asks for; null where it asks for nothing.</param>
public sealed record StageForecast(string Name, DateTimeOffset? Opens, DateTimeOffset? End, DateTimeOffset? Late, int Hosts, ApprovalForecast? Approval, ImmutableArray<WaveForecast> Waves);

/// <param name="Asked">When it is asked for; null where it is not reached.</param>
/// <param name="Who">Who may give it, in words.</param>
/// <param name="Until">When a person is asked in its place.</param>
public sealed record ApprovalForecast(DateTimeOffset? Asked, string Who, DateTimeOffset? Until);

public sealed record WaveForecast(DateTimeOffset Opens, DateTimeOffset? End, ImmutableArray<RegionForecast> Regions);

/// <param name="Begins">When the region's first look before the first host begins.</param>
/// <param name="Batches">Empty where the forecast is shortened.</param>
public sealed record RegionForecast(string Region, string Partition, int Hosts, DateTimeOffset Begins, DateTimeOffset? End, DateTimeOffset? Late, ImmutableArray<AzForecast> Azs, ImmutableArray<BatchForecast> Batches);

/// <param name="Begins">Of its first batch.</param>
/// <param name="End">Of its last bake.</param>
public sealed record AzForecast(string Az, int Hosts, int Batches, DateTimeOffset Begins, DateTimeOffset End);

/// <param name="Index">Among the region's batches of the stage, from 0.</param>
/// <param name="Settled">When its last host is back.</param>
/// <param name="End">When its bake ends; the same as <paramref name="Settled"/> where it has none.</param>
public sealed record BatchForecast(int Index, string Az, BatchKind Kind, int Hosts, DateTimeOffset Begins, DateTimeOffset Settled, DateTimeOffset End);

/// <summary>The change calendar holds a region.</summary>
/// <param name="Stage">Index, from 0; so is <paramref name="Wave"/>.</param>
/// <param name="Az">Of the batch that waits.</param>
/// <param name="Entries">Ids of the freezes or closed windows.</param>
/// <param name="Why">The same in words.</param>
/// <param name="To">Null where it does not open before a person is asked.</param>
public sealed record HoldForecast(int Stage, int Wave, string Region, string Az, ImmutableArray<string> Entries, string Why, DateTimeOffset From, DateTimeOffset? To);

/// <summary>The most that is at risk within one step of time.</summary>
/// <param name="Exposed">Hosts that were given the release and whose next bake has not ended.</param>
/// <param name="Out">Hosts that carry customers and are out of service.</param>
/// <param name="OutOfAz">The worst AZ's share that is out of service, 0 to 1.</param>
/// <param name="OutOfRegion">The worst region's share.</param>
/// <param name="OutOfAll">The share of all the service's hosts that carry customers.</param>
public sealed record ExposureStep(DateTimeOffset From, int Exposed, int Out, double OutOfAz, double OutOfRegion, double OutOfAll);
