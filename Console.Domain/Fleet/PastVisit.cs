using System.Collections.Immutable;
using System.Globalization;

namespace OpsConsole.Domain.Fleet;

/// <param name="At">When the host had answered it well.</param>
public sealed record PastStep(HostStep Step, DateTimeOffset At);

/// <summary>A visit as its host's history tells it, with what became of it.</summary>
/// <param name="Sequence">Of the event it began with.</param>
/// <param name="Status">Null where a later visit took the host over before it ended.</param>
/// <param name="Steps">Those that were done, in their order.</param>
public sealed record PastVisit(long Sequence, Visit Visit, VisitStatus? Status, DateTimeOffset? EndedAt, string? Detail, ImmutableArray<PastStep> Steps, ShardSample? Sample)
{
    /// <summary>What was done on the host, in order: changes, then the release. A visit that only brings changes names the release the host runs already, without an artifact.</summary>
    public ImmutableArray<string> Activities =>
    [
        .. Visit.Changes.Select(change => change.Version is null ? $"{change.Kind}" : $"{change.Kind} {change.Version}"),
        .. Visit.Release is { } release && (Visit.Changes.IsEmpty || Visit.Digest is not null) ? [string.Create(CultureInfo.InvariantCulture, $"{(Visit.Purpose == VisitPurpose.Rollback ? "Rollback to" : "Software")} {release}")] : (string[])[],
        .. Visit.Purpose is VisitPurpose.ReadOnlyOn or VisitPurpose.ReadOnlyOff ? [Visit.Purpose == VisitPurpose.ReadOnlyOn ? "Read-only on" : "Read-only off"] : (string[])[],
    ];
}
